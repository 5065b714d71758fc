# The watch service: an unprivileged user, and the package with what it needs.
FROM python:3.12-slim AS build
WORKDIR /src
COPY constraints.txt ./
RUN python -m venv /opt/newshouse \
 && /opt/newshouse/bin/pip install --no-cache-dir --require-hashes --requirement constraints.txt
COPY pyproject.toml README.md LICENSE ./
COPY etl etl
COPY migrations migrations
COPY sql sql
COPY seeds/reference seeds/reference
RUN /opt/newshouse/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim
RUN useradd --uid 10001 --no-create-home newshouse
COPY --from=build /opt/newshouse /opt/newshouse
ENV PATH=/opt/newshouse/bin:$PATH PYTHONUNBUFFERED=1
USER newshouse
ENTRYPOINT ["newshouse"]
CMD ["status"]
