package io.perpetua.adapters.redis;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The same over a server that somebody else has started, and that keeps what the tests leave. */
@EnabledIfEnvironmentVariable(named = "REDIS_URL", matches = ".+")
class RedisUrlRecordTest extends RedisRecordContracts {

    private static @Nullable RecordOverRedis record;

    @BeforeAll
    static void start() {
        record = new RecordOverRedis(System.getenv("REDIS_URL"));
        record.takeover.look();
        record.takeover.look(); // what is left by tests that were broken off counts as waiting
    }

    @AfterAll
    static void stop() {
        requireNonNull(record).close();
    }

    @Override
    protected RecordOverRedis record() {
        return requireNonNull(record);
    }
}
