package io.perpetua.adapters.http.facts;

import io.micronaut.http.HttpStatus;
import io.perpetua.adapters.http.guard.Endings;
import io.perpetua.application.facts.FactFigures;
import io.perpetua.application.facts.FactFigures.Insert;
import io.perpetua.application.facts.FactFigures.Query;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells how calls for facts ended. */
@Singleton
final class FactEndings implements Endings {

    private final FactFigures figures;

    FactEndings(FactFigures figures) {
        this.figures = figures;
    }

    @Override
    public @Nullable Listener of(String method, String path) {
        if (!method.equals("POST")) {
            return null;
        }
        return switch (path) {
            case "/v1/facts" -> (ending, took) -> figures.inserted(insert(ending), took);
            case "/v1/facts/query" -> (ending, took) -> figures.queried(query(ending), took);
            default -> null;
        };
    }

    private static Insert insert(Ending ending) {
        return switch (ending.kind()) {
            case OK -> Insert.valueOf(ending.detail().toUpperCase(Locale.ROOT));
            case REFUSED ->
                ending.status() == HttpStatus.UNPROCESSABLE_ENTITY.getCode() ? Insert.BELOW_THRESHOLD : Insert.REFUSED;
            case LIMITED, BUSY -> Insert.OVERLOADED;
            case UNAVAILABLE -> Insert.UNAVAILABLE;
            case FAILED -> Insert.FAILED;
            case CANCELLED -> Insert.CANCELLED;
        };
    }

    private static Query query(Ending ending) {
        return switch (ending.kind()) {
            case OK -> Query.valueOf(ending.detail().toUpperCase(Locale.ROOT));
            case REFUSED -> Query.REFUSED;
            case LIMITED, BUSY -> Query.OVERLOADED;
            case UNAVAILABLE -> Query.UNAVAILABLE;
            case FAILED -> Query.FAILED;
            case CANCELLED -> Query.CANCELLED;
        };
    }
}
