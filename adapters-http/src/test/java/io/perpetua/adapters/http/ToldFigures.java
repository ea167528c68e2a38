package io.perpetua.adapters.http;

import io.perpetua.application.facts.FactFigures;
import io.perpetua.application.metrics.Exposition;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Figures that remember what they were told. */
final class ToldFigures implements FactFigures, Exposition {

    final List<Insert> inserts = new CopyOnWriteArrayList<>();
    final List<Query> queries = new CopyOnWriteArrayList<>();

    @Override
    public void inserted(Insert outcome, Duration took) {
        inserts.add(outcome);
    }

    @Override
    public void queried(Query outcome, Duration took) {
        queries.add(outcome);
    }

    @Override
    public String text(Format format) {
        return "inserts " + inserts.size() + "\n" + (format == Format.OPEN_METRICS ? "# EOF\n" : "");
    }
}
