package io.perpetua.application.routing;

import io.perpetua.domain.routing.Rung;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Who may be asked, and for what: every model with its price, and each intent's ladder of them. Immutable; safe for
 * concurrent use.
 */
public record Offer(Models models, Ladders ladders) {

    /** Every model once: those on ladders first, then the others that are listed. */
    public Set<Rung> rungs() {
        var rungs = new LinkedHashSet<Rung>();
        ladders.all().forEach(target -> rungs.add(target.rung()));
        models.all().forEach(model -> rungs.add(new Rung(model.provider(), model.name())));
        return rungs;
    }
}
