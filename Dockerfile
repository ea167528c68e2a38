# syntax=docker/dockerfile:1
# docker build -t perpetua .

FROM eclipse-temurin:25-jdk-noble AS build
WORKDIR /build
# What .dockerignore lets through: the sources, and nothing that was built.
COPY . .
# Downloads are a cache between builds and in no layer. Tests are not run here, but compiled: modules share them.
RUN --mount=type=cache,target=/build/.m2 \
    MAVEN_USER_HOME=/build/.m2 ./mvnw -q -Dmaven.repo.local=/build/.m2/repository -B -ntp -DskipTests -Dsbom.skip -pl bootstrap -am package

FROM eclipse-temurin:25-jre-noble
LABEL org.opencontainers.image.title="perpetua" \
      org.opencontainers.image.description="A gateway with a memory: endless conversations at a flat cost, for any OpenAI client."

# A fixed number, so that volumes and policies may name it. The data directory is made, and owned, before it is a volume.
RUN groupadd --gid 10001 perpetua \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/perpetua --shell /usr/sbin/nologin perpetua \
 && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/perpetua \
 && java --add-modules jdk.incubator.vector -version

# Libraries change seldom and are most of the size: a layer of their own, below the program.
COPY --from=build /build/bootstrap/target/lib /opt/perpetua/lib
COPY --from=build /build/bootstrap/target/perpetua.jar /opt/perpetua/perpetua.jar
COPY --chmod=0755 deploy/launcher /opt/perpetua/perpetua

ENV PATH=/opt/perpetua:$PATH \
    PERPETUA_HOST=0.0.0.0 \
    PERPETUA_PORT=8081 \
    PERPETUA_DATA=/var/lib/perpetua
USER 10001:10001
WORKDIR /var/lib/perpetua
VOLUME /var/lib/perpetua
EXPOSE 8081
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["perpetua", "health"]
ENTRYPOINT ["perpetua"]
CMD ["serve"]
