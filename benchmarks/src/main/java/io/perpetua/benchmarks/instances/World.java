package io.perpetua.benchmarks.instances;

import io.perpetua.adapters.redis.RedisProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Servers over one Redis and one index, in front of a simulated model. What is measured is the store, so there is no
 * embedder unless the settings say so.
 *
 * @param redis the store, a real one
 * @param index what stands for Qdrant: it speaks its protocol, and refuses when it is told to
 */
record World(RedisProcess redis, IndexDouble index, TaggingModel model, Fleet fleet, Talker talker)
        implements AutoCloseable {

    private static final Duration BRIEF = Duration.ofMillis(300);

    /** Starts everything. */
    static World start(Plan plan) throws Exception {
        var redis = RedisProcess.start();
        var index = new IndexDouble();
        var model = new TaggingModel(BRIEF, plan.seed());
        var environment = new HashMap<String, String>();
        environment.put("PERPETUA_STORE", "redis");
        environment.put("REDIS_URL", redis.url());
        environment.put("PERPETUA_INDEX", "qdrant");
        environment.put("QDRANT_URL", index.url());
        environment.put("PERPETUA_EMBEDDER", "none");
        environment.put("PERPETUA_SUMMARIZER_MODEL", "sim/" + TaggingModel.NAME);
        environment.put("PERPETUA_MODE_BALANCED_FROM", "600");
        environment.put("PERPETUA_MEMORY_RECENT_TOKENS", "400");
        environment.putAll(plan.settings());
        var sections = new LinkedHashMap<String, Object>(Map.of("providers", model.section()));
        return new World(redis, index, model, new Fleet(plan.instances(), sections, environment), new Talker());
    }

    /** The first of the servers. */
    String first() {
        return fleet.members().getFirst().url();
    }

    List<String> urls() {
        return fleet.members().stream().map(Fleet.Member::url).toList();
    }

    @Override
    public void close() throws IOException {
        talker.close();
        fleet.close();
        model.close();
        index.close();
        redis.close();
    }
}
