# Brings Superset's own database up to date, makes its administrator where there is none, and serves.
set -eu
: "${SUPERSET_SECRET_KEY:?set it to a long random text, and keep it: Superset encrypts what it stores with it}"
: "${SUPERSET_PASSWORD:?set it to the password of the administrator, admin}"
superset db upgrade
superset init
python "$(dirname "$0")/create_admin.py"
exec gunicorn --worker-class gthread --threads 8 --timeout 120 --bind 0.0.0.0:8088 "superset.app:create_app()"
