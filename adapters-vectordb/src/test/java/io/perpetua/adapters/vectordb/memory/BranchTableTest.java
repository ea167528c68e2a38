package io.perpetua.adapters.vectordb.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.conversation.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BranchTableTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anyChanges_leaveOlderTablesAsTheyWere(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<BranchTable> tables = new ArrayList<>(List.of(BranchTable.of(List.of(), 0)));
        List<TreeSet<Integer>> expected = new ArrayList<>(List.of(new TreeSet<>()));
        for (int step = 1; step < 300; step++) {
            var numbers = new TreeSet<>(expected.getLast());
            if (random.nextInt(10) == 0) {
                int last = random.nextInt(60);
                numbers.tailSet(last, false).clear();
                tables.add(tables.getLast().upTo(last));
            } else {
                int number = random.nextInt(1, 60);
                numbers.add(number);
                tables.add(tables.getLast().with(row(number), List.of(), step, step));
            }
            expected.add(numbers);
        }

        for (int i = 0; i < tables.size(); i++) {
            assertThat(numbers(tables.get(i))).containsExactlyElementsOf(expected.get(i));
            assertThat(tables.get(i).weight()).isEqualTo(expected.get(i).size() * (long) row(1).weight());
        }
    }

    @Test
    void with_moreThanIsWorthCounting_asksForARefresh() {
        var table = BranchTable.of(List.of(), 0);
        for (int n = 1; n <= 32; n++) {
            table = table.with(row(n), List.of("lantern"), n, 0);
        }
        assertThat(table.fresh().complete()).isTrue();

        table = table.with(row(33), List.of("lantern"), 33, 0);
        assertThat(table.fresh().complete()).isFalse();

        table = table.with(row(34), List.of("lantern"), 34, 33);
        assertThat(table.fresh().complete()).isTrue();
    }

    private static List<Integer> numbers(BranchTable table) {
        List<Row> rows = new ArrayList<>();
        table.copy(1, Integer.MAX_VALUE, rows);
        return rows.stream().map(Row::number).toList();
    }

    private static Row row(int number) {
        return new Row(number, Role.USER, null, 0, 1, 1, List.of(), null);
    }
}
