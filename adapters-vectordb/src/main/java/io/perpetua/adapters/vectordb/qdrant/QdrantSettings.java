package io.perpetua.adapters.vectordb.qdrant;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where Qdrant is and how it is used.
 *
 * @param url {@code http://} or {@code https://}, a host and the port of gRPC; without a port 6334
 * @param apiKey null where none is needed
 * @param collection the one that all instances share
 * @param timeout most that one search may take, with all that belongs to it
 * @param writeTimeout most that one write may take; writes are not waited for by answers
 * @param quantized whether vectors are compared by eight bits a component, which a new collection keeps in memory
 * @param onDisk whether a new collection keeps payload and vectors on disk
 */
public record QdrantSettings(
        URI url,
        @Nullable String apiKey,
        String collection,
        Duration timeout,
        Duration writeTimeout,
        boolean quantized,
        boolean onDisk) {

    private static final int GRPC = 6334;
    private static final int REST = 6333;

    public QdrantSettings {
        if (url.getHost() == null) {
            throw new IllegalArgumentException("the URL of Qdrant names no host");
        }
        if (url.getPort() == REST) {
            throw new IllegalArgumentException(
                    "port " + REST + " of the URL of Qdrant is that of REST; gRPC is spoken here, usually at " + GRPC);
        }
    }

    String host() {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        return url.getPort() < 0 ? GRPC : url.getPort();
    }

    boolean encrypted() {
        return "https".equals(url.getScheme());
    }

    /** Without the key. */
    @Override
    public String toString() {
        return collection + " at " + url.getScheme() + "://" + url.getHost() + ":" + port();
    }
}
