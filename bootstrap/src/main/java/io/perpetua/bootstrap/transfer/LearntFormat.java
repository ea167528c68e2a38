package io.perpetua.bootstrap.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.perpetua.application.transfer.Entry;
import io.perpetua.domain.routing.Intent;
import io.perpetua.domain.routing.Rung;
import io.perpetua.domain.routing.Standing;
import io.perpetua.domain.routing.Standings;
import java.util.Comparator;
import java.util.HashMap;

/** The lines of what was learnt of the models. */
final class LearntFormat {

    private LearntFormat() {}

    static ObjectNode learnt(Entry.Learnt learnt) {
        var node = EntryFormat.JSON
                .createObjectNode()
                .put("intent", learnt.intent().wire())
                .put("outcomes", learnt.standings().outcomes());
        var rungs = node.putArray("models");
        learnt.standings().byRung().entrySet().stream()
                .sorted(Comparator.comparing(
                        each -> each.getKey().provider() + "/" + each.getKey().model()))
                .forEach(each -> rungs.addObject()
                        .put("provider", each.getKey().provider())
                        .put("model", each.getKey().model())
                        .put("success", each.getValue().success())
                        .put("seconds", each.getValue().seconds())
                        .put("dollars", each.getValue().dollars())
                        .put("samples", each.getValue().samples())
                        .put("seen", each.getValue().seen()));
        return node;
    }

    static Entry.Learnt learnt(FieldsOf fields) {
        var byRung = new HashMap<Rung, Standing>();
        fields.each(
                "models",
                each -> byRung.put(
                        new Rung(each.text("provider"), each.text("model")),
                        new Standing(
                                each.real("success"),
                                each.real("seconds"),
                                each.real("dollars"),
                                each.real("samples"),
                                each.number("seen"))));
        return new Entry.Learnt(fields.word("intent", Intent::of), new Standings(byRung, fields.number("outcomes")));
    }
}
