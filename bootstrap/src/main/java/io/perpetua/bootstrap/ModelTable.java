package io.perpetua.bootstrap;

import io.perpetua.application.routing.ModelInfo;
import io.perpetua.domain.usage.Price;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The known models of each provider, read from {@code models.yml}. Immutable. */
final class ModelTable {

    private final Map<String, Object> table;

    private ModelTable(Map<String, Object> table) {
        this.table = table;
    }

    static ModelTable load() {
        try (InputStream resource = ModelTable.class.getResourceAsStream("/models.yml")) {
            return new ModelTable(new Yaml(new SafeConstructor(new LoaderOptions())).load(resource));
        } catch (IOException e) {
            throw new UncheckedIOException("models.yml cannot be read", e);
        }
    }

    /** The models that {@code provider} is known to serve, the preferred one first. */
    List<ModelInfo> of(String provider) {
        var models = new ArrayList<ModelInfo>();
        if (table.get(provider) instanceof List<?> rows) {
            for (Object row : rows) {
                models.add(model(provider, (Map<?, ?>) row));
            }
        }
        return models;
    }

    private static ModelInfo model(String provider, Map<?, ?> row) {
        return new ModelInfo(provider, String.valueOf(row.get("name")), (int) number(row, "window", 0), price(row));
    }

    private static @Nullable Price price(Map<?, ?> row) {
        if (!row.containsKey("input")) {
            return null;
        }
        double fresh = number(row, "input", 0);
        return new Price(
                fresh,
                number(row, "cached-input", fresh),
                number(row, "cache-write", fresh),
                number(row, "output", fresh));
    }

    private static double number(Map<?, ?> row, String field, double absent) {
        return row.get(field) instanceof Number number ? number.doubleValue() : absent;
    }
}
