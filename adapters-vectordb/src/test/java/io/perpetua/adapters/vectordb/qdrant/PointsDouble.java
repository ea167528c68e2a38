package io.perpetua.adapters.vectordb.qdrant;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Points.BatchResult;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.GetResponse;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.QueryBatchPoints;
import io.qdrant.client.grpc.Points.QueryBatchResponse;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.PointsGrpc.PointsImplBase;
import java.util.function.Supplier;

/** Qdrant's service for points. */
final class PointsDouble extends PointsImplBase {

    private final PointStore store;

    PointsDouble(PointStore store) {
        this.store = store;
    }

    @Override
    public void upsert(UpsertPoints request, StreamObserver<PointsOperationResponse> answer) {
        answer(answer, () -> {
            store.upsert(request);
            return done(request.getWait());
        });
    }

    @Override
    public void delete(DeletePoints request, StreamObserver<PointsOperationResponse> answer) {
        answer(answer, () -> {
            store.delete(request);
            return done(request.getWait());
        });
    }

    @Override
    public void createFieldIndex(CreateFieldIndexCollection request, StreamObserver<PointsOperationResponse> answer) {
        answer(answer, () -> {
            store.index(request);
            return done(request.getWait());
        });
    }

    @Override
    public void get(GetPoints request, StreamObserver<GetResponse> answer) {
        answer(
                answer,
                () -> GetResponse.newBuilder()
                        .addAllResult(store.get(request.getCollectionName(), request.getIdsList()))
                        .build());
    }

    @Override
    public void queryBatch(QueryBatchPoints request, StreamObserver<QueryBatchResponse> answer) {
        answer(answer, () -> {
            var response = QueryBatchResponse.newBuilder();
            request.getQueryPointsList()
                    .forEach(query -> response.addResult(
                            BatchResult.newBuilder().addAllResult(store.query(request.getCollectionName(), query))));
            return response.build();
        });
    }

    private static PointsOperationResponse done(boolean waited) {
        return PointsOperationResponse.newBuilder()
                .setResult(UpdateResult.newBuilder()
                        .setStatus(waited ? UpdateStatus.Completed : UpdateStatus.Acknowledged))
                .build();
    }

    static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
        try {
            observer.onNext(work.get());
            observer.onCompleted();
        } catch (StatusRuntimeException e) {
            observer.onError(e);
        }
    }
}
