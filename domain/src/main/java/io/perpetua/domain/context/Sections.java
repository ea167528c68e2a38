package io.perpetua.domain.context;

import io.perpetua.domain.brief.Brief;
import io.perpetua.domain.facts.Fact;
import io.perpetua.domain.memory.Anchor;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The wording of what is added to a context. Anchors and brief stand behind the client's instructions, recalled turns
 * in front of the message that they bear on: what changes least comes first, so that a provider's prompt cache keeps
 * as much of the request as can be.
 */
public final class Sections {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    static final String ANCHORS = "## Always keep in mind";
    static final String FACTS = "## Known facts";
    private static final String BRIEF = "## Summary of the earlier conversation";
    private static final String RECALLED = "## From earlier in this conversation";
    private static final String DOCUMENTS = "## From the documents";
    private static final String RULE = "---";
    private static final Pattern BREAK = Pattern.compile("\\s+");

    private Sections() {}

    /** The anchors as one section; empty for none. */
    public static String anchors(List<Anchor> anchors) {
        if (anchors.isEmpty()) {
            return "";
        }
        var section = new StringBuilder(ANCHORS);
        for (Anchor anchor : anchors) {
            section.append(anchor(anchor));
        }
        return section.toString();
    }

    /** An anchor's line, with the break before it. */
    static String anchor(Anchor anchor) {
        return "\n- " + anchor.text().strip();
    }

    /**
     * Facts as one section that ends where the message begins, each with the day since which it holds; empty for none.
     * Like what is recalled they go by the message, so they stand in front of it.
     */
    public static String facts(List<Fact> facts) {
        if (facts.isEmpty()) {
            return "";
        }
        var section = new StringBuilder(FACTS);
        facts.forEach(fact -> section.append(fact(fact)));
        return section.append('\n').append(RULE).toString();
    }

    /** A fact's line, with the break before it. */
    static String fact(Fact fact) {
        var triple = fact.triple();
        return "\n- " + line(triple.subject()) + " | " + line(triple.predicate()) + " | " + line(triple.object())
                + " (since " + day(fact.validFrom()) + ")";
    }

    private static String line(String part) {
        return BREAK.matcher(part.strip()).replaceAll(" ");
    }

    /** The brief as one section. */
    public static String brief(Brief brief) {
        return BRIEF + " (turns 1 to " + brief.coversThrough() + ")\n"
                + brief.text().strip();
    }

    /**
     * The recalled turns as one section that ends where the message begins; empty for none. Each day is named once, since
     * a date on every line would cost a third of what short turns cost themselves.
     */
    public static String recalled(List<Excerpt> excerpts) {
        if (excerpts.isEmpty()) {
            return "";
        }
        var section = new StringBuilder(RECALLED);
        String day = "";
        for (Excerpt excerpt : excerpts) {
            if (!day.equals(day(excerpt.at()))) {
                day = day(excerpt.at());
                section.append('\n').append(day);
            }
            section.append('\n').append(line(excerpt));
        }
        return section.append('\n').append(RULE).toString();
    }

    /**
     * Regions of documents as one section that ends where what follows begins; empty for none. Each document is named
     * once, by its id and title.
     */
    public static String documents(List<Quotation> quotations) {
        if (quotations.isEmpty()) {
            return "";
        }
        var section = new StringBuilder(DOCUMENTS);
        String named = "";
        for (Quotation each : quotations) {
            if (!named.equals(each.document())) {
                named = each.document();
                section.append('\n').append(named).append(each.title().isEmpty() ? "" : " (" + each.title() + ")");
            }
            section.append("\n[page ")
                    .append(each.page())
                    .append(", ")
                    .append(each.type().wire())
                    .append("] ")
                    .append(each.text().strip());
        }
        return section.append('\n').append(RULE).toString();
    }

    /** One recalled turn: its number, who spoke, and what was said. */
    private static String line(Excerpt excerpt) {
        String speaker = excerpt.name() == null ? excerpt.role().wire() : excerpt.name();
        return "[" + excerpt.turn() + " " + speaker + "] " + excerpt.text().strip();
    }

    private static String day(Instant at) {
        return DAY.format(at);
    }
}
