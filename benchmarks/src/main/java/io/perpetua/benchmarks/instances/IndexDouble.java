package io.perpetua.benchmarks.instances;

import io.grpc.Status;
import io.perpetua.adapters.vectordb.qdrant.QdrantDouble;

/** An index in this process that speaks Qdrant's protocol, and may be told to refuse. */
final class IndexDouble implements AutoCloseable {

    private final QdrantDouble server = new QdrantDouble();

    String url() {
        return server.url().toString();
    }

    void refuse() {
        server.refuse(Status.UNAVAILABLE);
    }

    void serve() {
        server.refuse(null);
    }

    @Override
    public void close() {
        server.close();
    }
}
