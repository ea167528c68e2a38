package io.perpetua.benchmarks.instances;

import io.perpetua.adapters.redis.Relay;
import io.perpetua.adapters.redis.Relay.Direction;
import io.perpetua.adapters.redis.Relay.Gate;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/**
 * Stands between a server and its Redis, and counts round trips: whenever something is asked on a connection after something
 * was answered on it. Exact as long as one question waits at a time. Safe for concurrent use.
 */
final class CountingProxy implements AutoCloseable {

    private final Relay relay;
    private final LongAdder roundTrips = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /** In front of a port of this machine. */
    CountingProxy(int port) throws IOException {
        relay = new Relay(port, Connection::new);
    }

    String url() {
        return relay.url();
    }

    long roundTrips() {
        return roundTrips.sum();
    }

    /** In both directions. */
    long bytes() {
        return bytes.sum();
    }

    @Override
    public void close() throws IOException {
        relay.close();
    }

    private final class Connection implements Gate {

        private boolean waiting;

        @Override
        public synchronized boolean passes(Direction direction, int count) {
            bytes.add(count);
            boolean asking = direction == Direction.ASKING;
            if (asking && !waiting) {
                roundTrips.increment();
            }
            waiting = asking;
            return true;
        }
    }
}
