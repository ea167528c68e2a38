package io.perpetua.bootstrap;

import io.perpetua.adapters.http.journal.RollUpDocument;
import io.perpetua.application.StoreUnavailable;
import io.perpetua.application.journal.RollUpPage;
import io.perpetua.application.journal.RollUpWeeks;
import io.perpetua.application.journal.RollUps;
import io.perpetua.domain.journal.Week;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code perpetua rollup}: adds up a week's turns, whether a server runs on the store or not. */
@Command(
        name = "rollup",
        description = "Add up a week's turns, beside the week before; a running server need not be stopped.",
        mixinStandardHelpOptions = true)
final class RollUpCommand implements Callable<Integer> {

    private static final String THIS = "";

    @Option(
            names = "--week",
            arity = "0..1",
            fallbackValue = THIS,
            defaultValue = THIS,
            paramLabel = "WEEK",
            description = "Which, such as 2026-W10; by default the week that is under way.")
    private String week = THIS;

    @Option(names = "--json", description = "Write it as JSON; by default it is a page in Markdown.")
    private boolean json;

    @Option(names = "--tenant", paramLabel = "TENANT", description = "Only this tenant's turns.")
    private @Nullable String tenant;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The server's configuration file; by default perpetua.yml in this folder, if there is one.")
    private @Nullable Path config;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var asked = week.equals(THIS) ? Week.of(InstantSource.system().instant()) : Week.named(week);
        if (asked == null) {
            throw new Complaint("--week: expected a week such as 2026-W10, found '" + week + "'");
        }
        try (var context = Contexts.tool(config, RollUpWeeks.class, RollUps.class)) {
            var weeks = context.getBean(RollUpWeeks.class);
            if (!weeks.hasRowsOf(asked)) {
                print(kept(asked, context.getBean(RollUps.class)));
            } else {
                var rollUp = weeks.rollUp(asked, tenant);
                print(json ? RollUpDocument.of(rollUp).toPrettyString() : RollUpPage.of(rollUp));
            }
            return 0;
        } catch (StoreUnavailable e) {
            throw new Complaint("The store does not answer: " + e.getMessage());
        }
    }

    /** Of a week whose rows are gone there is what was made of them when it ended: of all tenants, in JSON. */
    private String kept(Week asked, RollUps rollUps) {
        String document = rollUps.find(asked);
        if (document == null || tenant != null) {
            throw new Complaint("The journal's rows of " + asked.name() + " are gone"
                    + (document == null ? "." : "; what was kept of it is everybody's: leave out --tenant."));
        }
        if (!json) {
            throw new Complaint(
                    "The journal's rows of " + asked.name() + " are gone; what was kept of it is JSON: --json.");
        }
        return document;
    }

    private void print(String text) {
        var out = spec.commandLine().getOut();
        out.print(text.endsWith("\n") ? text : text + System.lineSeparator());
        out.flush();
    }
}
