package io.perpetua.adapters.vectordb.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.conversation.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BranchCacheTest {

    @Test
    void put_aboveItsWeight_forgetsWhatWasUsedLeastLately() {
        var cache = new BranchCache(1500);
        var table = BranchTable.of(List.of(new Row(1, Role.USER, null, 0, 1, 1, List.of(), null)), 0);
        cache.put("a", table);
        cache.put("b", table);
        cache.put("c", table);
        assertThat(cache.get("a")).isSameAs(table);

        cache.put("d", table);

        assertThat(cache.get("b")).isNull();
        assertThat(cache.get("a")).isSameAs(table);
        assertThat(cache.get("d")).isSameAs(table);
    }
}
