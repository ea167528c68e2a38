package io.perpetua.adapters.redis;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisRecordTest extends RedisRecordContracts {

    private static @Nullable RedisProcess server;
    private static @Nullable RecordOverRedis record;

    @BeforeAll
    static void start() {
        server = RedisProcess.start();
        record = new RecordOverRedis(server.url());
    }

    @AfterAll
    static void stop() {
        requireNonNull(record).close();
        requireNonNull(server).close();
    }

    @Override
    protected RecordOverRedis record() {
        return requireNonNull(record);
    }
}
