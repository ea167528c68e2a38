package io.perpetua.adapters.vectordb.qdrant;

import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.FieldCondition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Qdrant's filters say of a payload. */
final class Filters {

    private Filters() {}

    static boolean matches(Filter filter, Map<String, Value> payload) {
        return filter.getMustList().stream().allMatch(each -> matches(each, payload))
                && filter.getMustNotList().stream().noneMatch(each -> matches(each, payload))
                && (filter.getShouldCount() == 0
                        || filter.getShouldList().stream().anyMatch(each -> matches(each, payload)));
    }

    private static boolean matches(Condition condition, Map<String, Value> payload) {
        return switch (condition.getConditionOneOfCase()) {
            case FILTER -> matches(condition.getFilter(), payload);
            case FIELD ->
                matches(condition.getField(), payload.get(condition.getField().getKey()));
            default -> throw StoredVectors.invalid("no such condition here: " + condition.getConditionOneOfCase());
        };
    }

    private static boolean matches(FieldCondition condition, @Nullable Value value) {
        if (value == null) {
            return false;
        }
        return condition.hasRange()
                ? value.hasIntegerValue() && within(condition.getRange(), value.getIntegerValue())
                : value.hasStringValue()
                        && value.getStringValue().equals(condition.getMatch().getKeyword());
    }

    private static boolean within(Range range, long number) {
        return (!range.hasGt() || number > range.getGt())
                && (!range.hasGte() || number >= range.getGte())
                && (!range.hasLt() || number < range.getLt())
                && (!range.hasLte() || number <= range.getLte());
    }
}
