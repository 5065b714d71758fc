# The etl service: an unprivileged user with the installed package, and nothing that can build one.
FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE constraints.txt ./
COPY etl etl
COPY migrations migrations
COPY sql sql
COPY seeds/reference seeds/reference
RUN python -m venv /opt/newshouse \
 && /opt/newshouse/bin/pip install --no-cache-dir --require-hashes --requirement constraints.txt \
 && /opt/newshouse/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim
RUN useradd --system --uid 10001 --no-create-home newshouse
COPY --from=build /opt/newshouse /opt/newshouse
ENV PATH=/opt/newshouse/bin:$PATH PYTHONUNBUFFERED=1
USER newshouse
ENTRYPOINT ["newshouse"]
CMD ["status"]
