package io.perpetua.bootstrap.replay;

import io.perpetua.domain.usage.Price;
import io.perpetua.domain.usage.PromptCache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A model whose provider sells repeated beginnings for less: the cache's rules and the prices. */
public record PricedCache(String provider, String model, PromptCache cache, Price price) {

    /** What is reckoned with where a provider publishes no figure: the shortest that any of them does. */
    private static final Duration UNPUBLISHED = Duration.ofMinutes(5);

    /** The name under which the model is asked for: {@code provider/model}. */
    public String id() {
        return provider + "/" + model;
    }

    /** Those of {@code prompt-caches.yml}, in its order. */
    public static List<PricedCache> load() {
        try (InputStream resource = PricedCache.class.getResourceAsStream("/prompt-caches.yml")) {
            Map<String, Object> table = new Yaml(new SafeConstructor(new LoaderOptions())).load(resource);
            var caches = new ArrayList<PricedCache>();
            if (table.get("caches") instanceof List<?> rows) {
                rows.forEach(row -> caches.add(read((Map<?, ?>) row)));
            }
            return List.copyOf(caches);
        } catch (IOException e) {
            throw new UncheckedIOException("prompt-caches.yml cannot be read", e);
        }
    }

    private static PricedCache read(Map<?, ?> row) {
        double input = number(row, "input", 0);
        var cache = new PromptCache(
                (int) number(row, "prompt", 1),
                (int) number(row, "minimum", 1),
                (int) number(row, "granularity", 1),
                row.get("keeps") instanceof String keeps ? Duration.parse(keeps) : UNPUBLISHED,
                Boolean.TRUE.equals(row.get("explicit")));
        var price = new Price(
                input,
                number(row, "cached-input", input),
                number(row, "cache-write", input),
                number(row, "output", input));
        return new PricedCache(String.valueOf(row.get("provider")), String.valueOf(row.get("model")), cache, price);
    }

    private static double number(Map<?, ?> row, String field, double absent) {
        return row.get(field) instanceof Number number ? number.doubleValue() : absent;
    }
}
