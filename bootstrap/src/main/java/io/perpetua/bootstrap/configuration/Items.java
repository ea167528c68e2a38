package io.perpetua.bootstrap.configuration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What stands in a list: of a file, or as a variable spells one, with commas. */
final class Items {

    private Items() {}

    /** The items of {@code value}; a missing one is an empty text. */
    static List<Object> of(Object value) {
        var items = new ArrayList<Object>();
        switch (value) {
            case Iterable<?> list -> list.forEach(each -> items.add(each == null ? "" : each));
            case Object[] array -> items.addAll(Arrays.asList(array));
            case Map<?, ?> map -> items.add(map);
            default -> {
                if (!value.toString().isBlank()) {
                    items.addAll(List.of(value.toString().split(",", -1)));
                }
            }
        }
        return items;
    }
}
