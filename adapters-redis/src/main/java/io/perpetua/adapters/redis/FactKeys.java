package io.perpetua.adapters.redis;

import io.perpetua.domain.conversation.Scope;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.facts.FactFilter;
import io.perpetua.domain.facts.Source;
import io.perpetua.domain.facts.Statement;
import io.perpetua.domain.facts.Triple;
import java.util.LinkedHashSet;
import java.util.Set;

/** Where the facts of one scope are: all of them in one slot. */
final class FactKeys {

    private static final String SEAM = "\u0000";

    private final String prefix;

    FactKeys(Scope scope) {
        prefix = "perpetua:{facts:" + Names.digest(scope.tenant() + SEAM + scope.namespace()) + "}:";
    }

    private byte[] key(String name) {
        return Names.bytes(prefix + name);
    }

    /** A hash of facts by id. */
    byte[] facts() {
        return key("f");
    }

    /** A hash of ids by {@link #identity}. */
    byte[] identities() {
        return key("i");
    }

    /** A hash of the latest's ids by {@link #slot}. */
    byte[] latest() {
        return key("l");
    }

    /** A hash of how far conversations were read. */
    byte[] read() {
        return key("r");
    }

    /** The index of all facts: their ids by when they were kept. */
    byte[] all() {
        return key("all");
    }

    static byte[] identity(Statement told) {
        return Names.bytes(Names.digest(told.identity()));
    }

    static byte[] slot(Statement told) {
        return Names.bytes(Names.digest(told.slot()));
    }

    /** The names of the indices that a fact is in. */
    Set<String> indices(Fact fact) {
        var names = new LinkedHashSet<String>();
        names.add("all");
        var triple = fact.triple();
        names.add(index('s', Triple.normal(triple.subject())));
        names.add(index('p', Triple.normal(triple.predicate())));
        names.add(index('o', Triple.normal(triple.object())));
        String user = fact.holder().user();
        if (user != null) {
            names.add(index('u', user));
        }
        for (Source source : fact.sources()) {
            String document = source.document();
            String conversation = source.conversation();
            if (document != null) {
                names.add(index('d', document));
            }
            if (conversation != null) {
                names.add(index('c', conversation));
            }
        }
        return names;
    }

    byte[] index(String name) {
        return key(name);
    }

    /** The index that has the fewest facts, as a rule, of those that have all that {@code filter} admits. */
    byte[] index(FactFilter filter) {
        String conversation = filter.conversation();
        String subject = filter.subject();
        String object = filter.object();
        String document = filter.document();
        String user = filter.user();
        String predicate = filter.predicate();
        if (conversation != null) {
            return key(index('c', conversation));
        }
        if (subject != null) {
            return key(index('s', subject));
        }
        if (object != null) {
            return key(index('o', object));
        }
        if (document != null) {
            return key(index('d', document));
        }
        if (user != null) {
            return key(index('u', user));
        }
        return predicate != null ? key(index('p', predicate)) : all();
    }

    private static String index(char kind, String of) {
        return kind + ":" + Names.digest(of);
    }
}
