package io.perpetua.adapters.redis;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisClusterRecordTest extends RedisRecordContracts {

    private static @Nullable RedisClusterProcesses server;
    private static @Nullable RecordOverRedis record;

    @BeforeAll
    static void start() {
        server = RedisClusterProcesses.start();
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
