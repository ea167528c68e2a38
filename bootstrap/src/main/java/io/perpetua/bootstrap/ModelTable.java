package io.perpetua.bootstrap;

import io.perpetua.adapters.llm.anthropic.ClaudeModel;
import io.perpetua.adapters.llm.anthropic.ClaudeModel.Thinking;
import io.perpetua.application.routing.ModelInfo;
import io.perpetua.domain.usage.Price;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The known models of each provider, read from {@code models.yml}. Immutable. */
final class ModelTable {

    private static final int UNKNOWN_LARGEST_ANSWER = 8_192;
    private static final int UNKNOWN_CACHE_FROM = 1_024;

    private static final Set<String> CONFIGURABLE =
            Set.of("name", "window", "input", "cached-input", "cache-write", "output");

    private final Map<String, Object> table;

    private ModelTable(Map<String, Object> table) {
        this.table = table;
    }

    static ModelTable load() {
        return new ModelTable(Resources.yaml("models.yml"));
    }

    /** The models that {@code provider} is known to serve, the preferred one first. */
    List<ModelInfo> of(String provider) {
        return rows(provider).stream().map(row -> model(provider, row)).toList();
    }

    /** The model {@code name} of {@code provider}; one that is not in the table has a usual window and no price. */
    ModelInfo of(String provider, String name) {
        return of(provider).stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseGet(() -> ModelInfo.unlisted(provider, name));
    }

    /**
     * A model as a configuration file describes it.
     *
     * @param key the key under which it does
     * @throws Complaint when it has no name, or a field that is not known
     */
    static ModelInfo configured(String provider, String key, Map<?, ?> fields) {
        var row = new HashMap<String, Object>();
        fields.forEach((name, value) -> row.put(name.toString().replace('_', '-'), value));
        if (!row.containsKey("name")) {
            throw new Complaint(key + ": a model needs a name.");
        }
        for (String field : row.keySet()) {
            if (!CONFIGURABLE.contains(field)) {
                throw new Complaint(key + ": a model has no " + field.replace('-', '_') + ".");
            }
        }
        return model(provider, row);
    }

    /** What Anthropic's models take and refuse. */
    List<ClaudeModel> claudes() {
        return rows("anthropic").stream().map(ModelTable::claude).toList();
    }

    private List<Map<?, ?>> rows(String provider) {
        if (table.get(provider) instanceof Map<?, ?> section && section.get("models") instanceof List<?> rows) {
            return rows.stream().<Map<?, ?>>map(row -> (Map<?, ?>) row).toList();
        }
        return List.of();
    }

    private static ModelInfo model(String provider, Map<?, ?> row) {
        return new ModelInfo(
                provider,
                String.valueOf(row.get("name")),
                (int) number(row, "window", ModelInfo.UNKNOWN_WINDOW),
                price(row));
    }

    private static ClaudeModel claude(Map<?, ?> row) {
        Object thinking = row.get("thinking");
        return new ClaudeModel(
                String.valueOf(row.get("name")),
                (int) number(row, "largest-answer", UNKNOWN_LARGEST_ANSWER),
                thinking == null
                        ? Thinking.NONE
                        : Thinking.valueOf(thinking.toString().toUpperCase(Locale.ROOT)),
                !Boolean.FALSE.equals(row.get("sampling")),
                !Boolean.FALSE.equals(row.get("structured")),
                (int) number(row, "cache-from", UNKNOWN_CACHE_FROM));
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
