package io.perpetua.adapters.redis;

import io.perpetua.application.spool.SharedStore;
import jakarta.inject.Singleton;

/** Whether Redis is there, as its link sees it. */
@Singleton
@Shared
final class RedisPresence implements SharedStore {

    private final Link link;

    RedisPresence(Link link) {
        this.link = link;
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public boolean away() {
        return link.away();
    }
}
