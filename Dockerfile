# The command in a container: `docker run -v "$PWD/pages:/in:ro" -v "$PWD/out:/out" article-cleaner` cleans /in to /out.
# Nothing but /out (and /tmp, for nothing that stays) is written: it runs with --read-only --tmpfs /tmp.
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE constraints.txt ./
COPY cleaner cleaner
COPY rules rules
RUN pip wheel --no-cache-dir --constraint constraints.txt --wheel-dir /wheels '.[warc]'

FROM python:3.13-slim
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --find-links /wheels 'article-cleaner[warc]' \
    && useradd --uid 10001 --no-create-home cleaner \
    && mkdir /in /out && chown cleaner /out
USER cleaner
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
VOLUME /out
ENTRYPOINT ["clean"]
CMD ["/in", "-o", "/out"]
