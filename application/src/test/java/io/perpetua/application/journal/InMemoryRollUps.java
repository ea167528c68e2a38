package io.perpetua.application.journal;

import io.perpetua.domain.journal.Week;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Roll-ups in a map. */
public final class InMemoryRollUps implements RollUps {

    private final Map<Week, String> kept = new ConcurrentHashMap<>();

    @Override
    public boolean keep(Week week, String json) {
        return kept.putIfAbsent(week, json) == null;
    }

    @Override
    public @Nullable String find(Week week) {
        return kept.get(week);
    }

    @Override
    public List<Kept> latest(int limit) {
        return kept.entrySet().stream()
                .map(each -> new Kept(each.getKey(), each.getValue()))
                .sorted(Comparator.comparing((Kept each) -> each.week().sunday())
                        .reversed())
                .limit(limit)
                .toList();
    }
}
