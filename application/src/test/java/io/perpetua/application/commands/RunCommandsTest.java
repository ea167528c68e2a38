package io.perpetua.application.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.application.commands.AuditLog.Entry;
import io.perpetua.application.commands.AuditLog.Who;
import io.perpetua.application.commands.Outcome.Ending;
import io.perpetua.application.commands.RunCommands.Command;
import io.perpetua.domain.commands.CommandClass;
import io.perpetua.domain.commands.CommandPolicy;
import io.perpetua.domain.commands.RuleBook;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunCommandsTest {

    private static final Who ADA = new Who("key-1", "acme", "ada");

    private final ScriptedExecutor executor = new ScriptedExecutor();
    private final InMemoryAuditLog audit = new InMemoryAuditLog();
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final RunCommands commands = new RunCommands(
            new CommandPolicy(RuleBook.shipped(), CommandPolicy.READ_ONLY),
            new FixedWorkspace(),
            executor,
            audit,
            () -> "id-" + ids.incrementAndGet(),
            InstantSource.fixed(Instant.EPOCH),
            () -> nanos.addAndGet(5_000_000),
            2);

    private static Command command(String line) {
        return new Command(ADA, line, ".", null);
    }

    @Test
    void run_allowedLine_isInTheAccountBeforeAndAfter() {
        executor.next = new Outcome(3, "abc", "x", false, Ending.FINISHED);

        var result = commands.run(command("cat README.md"));

        assertThat(result.outcome()).isEqualTo(executor.next);
        assertThat(result.recorded()).isTrue();
        assertThat(audit.entries()).extracting(Entry::id).containsExactly("id-1", "id-1");
        assertThat(audit.entries()).extracting(Entry::who).containsOnly(ADA);
        var said = Objects.requireNonNull(audit.entries().getFirst().said());
        assertThat(said.command()).isEqualTo("cat README.md");
        assertThat(said.argv()).containsExactly(List.of("cat", "README.md"));
        assertThat(said.allowed()).isTrue();
        var ended = Objects.requireNonNull(audit.entries().getLast().ended());
        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.took().toMillis()).isPositive();
        assertThat(ended.stdoutBytes()).isEqualTo(3);
    }

    @Test
    void run_lineThatMayNotBeRun_isInTheAccountAndNotRun() {
        var result = commands.run(command("rm -rf src"));

        assertThat(result.outcome()).isNull();
        assertThat(result.judgement().kind()).isEqualTo(CommandClass.DANGEROUS);
        assertThat(executor.plans).isEmpty();
        assertThat(audit.entries()).singleElement().satisfies(entry -> {
            assertThat(Objects.requireNonNull(entry.said()).allowed()).isFalse();
            assertThat(Objects.requireNonNull(entry.said()).reason()).contains("removes whole folders");
        });
    }

    @Test
    void run_lineThatCannotBeRunHere_isRefusedWithTheReason() {
        executor.refusal = "there is no sandbox";

        var result = commands.run(command("sort README.md"));

        assertThat(result.judgement().kind()).isEqualTo(CommandClass.SAFE);
        assertThat(result.judgement().allowed()).isFalse();
        assertThat(result.judgement().reason()).isEqualTo("there is no sandbox");
        assertThat(executor.plans).isEmpty();
    }

    @Test
    void run_withoutAnAccount_runsNothing() {
        audit.fill();

        assertThatThrownBy(() -> commands.run(command("ls"))).isInstanceOf(CommandsUnavailable.class);
        assertThat(executor.plans).isEmpty();
    }

    /** What has run has run: its result is told, so that nobody tries it again. */
    @Test
    void run_whoseEndCannotBeWrittenDown_isAnsweredAllTheSame() {
        executor.before = audit::fill;

        var result = commands.run(command("ls"));

        assertThat(result.outcome()).isEqualTo(executor.next);
        assertThat(result.recorded()).isFalse();
        assertThat(audit.entries()).hasSize(1);
        executor.failure = new CommandsUnavailable("sandbox_unavailable", "it does not start", null);
        assertThatThrownBy(() -> commands.run(command("ls"))).hasMessageContaining("full");
        assertThat(executor.plans).hasSize(1);
    }

    @Test
    void run_thatFailsOrIsGivenUp_isToldOnceAndNotTriedAgain() {
        executor.failure = new CommandsUnavailable("sandbox_unavailable", "it does not start", null);
        assertThatThrownBy(() -> commands.run(command("ls"))).isInstanceOf(CommandsUnavailable.class);
        executor.failure = new CancellationException();
        assertThatThrownBy(() -> commands.run(command("ls"))).isInstanceOf(CancellationException.class);

        assertThat(executor.plans).hasSize(2);
        assertThat(audit.entries().stream().map(Entry::ended).filter(Objects::nonNull))
                .extracting(ended -> Objects.requireNonNull(ended).ending())
                .containsExactly("failed", "cancelled");
    }

    @Test
    void validate_keepsAndRunsNothing() {
        assertThat(commands.validate("ls | wc -l", "src").allowed()).isTrue();
        assertThat(commands.validate("ls", "/etc").allowed()).isFalse();
        assertThat(commands.validate("ls", "missing").reason()).contains("no folder");
        assertThat(audit.entries()).isEmpty();
        assertThat(executor.plans).isEmpty();
    }
}
