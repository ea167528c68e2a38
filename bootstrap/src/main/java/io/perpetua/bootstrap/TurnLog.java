package io.perpetua.bootstrap;

import io.perpetua.application.chat.EndedTurn;
import io.perpetua.application.chat.TurnReport;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line in the log for every turn that is over: how it ended, and at what cost; nothing of what was said. */
@Singleton
final class TurnLog implements EndedTurn.Listener {

    private static final Logger LOG = LoggerFactory.getLogger("turn");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}._:/@-]");

    @Override
    public void ended(EndedTurn turn) {
        if (LOG.isInfoEnabled()) {
            LOG.info(line(turn));
        }
    }

    private static String line(EndedTurn turn) {
        var report = turn.report();
        var tokens = report.tokens();
        var usage = report.usage();
        return "%s conversation=%s turn=%d mode=%s intent=%s by=%s attempts=%d cache=%s sent=%d full=%d output=%s cost=%s ms=%d%s"
                .formatted(
                        turn.error() == null
                                ? turn.ending().wire()
                                : turn.ending().wire() + "(" + turn.error() + ")",
                        word(report.conversationId()),
                        report.turn(),
                        report.mode().wire(),
                        report.intent().wire(),
                        by(report),
                        report.attempts().size(),
                        report.cache(),
                        tokens.sent(),
                        tokens.full(),
                        usage == null ? "-" : usage.output(),
                        cost(report),
                        report.latencies().totalMs(),
                        report.degraded().isEmpty() ? "" : " without=" + String.join(",", report.degraded()));
    }

    private static String by(TurnReport report) {
        return report.provider() == null ? "-" : word(report.provider() + "/" + report.model());
    }

    /** What clients name may hold anything, but it is to be one word of one line. */
    private static String word(@Nullable String name) {
        return name == null ? "-" : NO_WORD.matcher(name).replaceAll("_");
    }

    private static String cost(TurnReport report) {
        return report.costUsd() == null ? "-" : String.format(Locale.ROOT, "%.6f", report.costUsd());
    }
}
