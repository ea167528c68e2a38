package io.perpetua.adapters.vectordb.qdrant;

import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.GetCollectionInfoResponse;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsImplBase;

/** Qdrant's service for collections. */
final class CollectionsDouble extends CollectionsImplBase {

    private final PointStore store;

    CollectionsDouble(PointStore store) {
        this.store = store;
    }

    @Override
    public void get(GetCollectionInfoRequest request, StreamObserver<GetCollectionInfoResponse> answer) {
        PointsDouble.answer(
                answer,
                () -> GetCollectionInfoResponse.newBuilder()
                        .setResult(store.info(request.getCollectionName()))
                        .build());
    }

    @Override
    public void create(CreateCollection request, StreamObserver<CollectionOperationResponse> answer) {
        PointsDouble.answer(answer, () -> {
            store.create(request);
            return CollectionOperationResponse.newBuilder().setResult(true).build();
        });
    }
}
