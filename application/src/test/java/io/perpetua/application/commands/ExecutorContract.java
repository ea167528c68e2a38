package io.perpetua.application.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.commands.CommandPolicy;
import io.perpetua.domain.commands.Plan;
import io.perpetua.domain.commands.RuleBook;
import io.perpetua.domain.commands.Workspace;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every {@link Executor} does, in a workspace with {@code notes.txt} (the lines one, two, three), {@code src/app.py} (the
 * line {@code import os}) and a link {@code inner} to {@code src}.
 */
public abstract class ExecutorContract {

    protected abstract Executor executor();

    protected abstract Workspace workspace();

    /** The plan of a line that may be run. */
    protected final Plan plan(String line) {
        var policy = new CommandPolicy(RuleBook.shipped(), CommandPolicy.WORKSPACE_WRITE);
        var judged = policy.judge(line, ".", workspace());
        assertThat(judged.allowed()).as(judged.reason()).isTrue();
        return Objects.requireNonNull(judged.plan());
    }

    protected final Outcome run(String line) {
        var plan = plan(line);
        assertThat(executor().refuses(plan)).isNull();
        return executor().run(plan);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "cat notes.txt ~ one/two/three/ ~ 0",
                "cat src/app.py ~ import os/ ~ 0",
                "cat inner/app.py ~ import os/ ~ 0",
                "head -n 2 notes.txt ~ one/two/ ~ 0",
                "head -n 1 < notes.txt ~ one/ ~ 0",
                "grep -n t notes.txt ~ 2:two/3:three/ ~ 0",
                "grep -c o notes.txt ~ 2/ ~ 0",
                "grep x notes.txt ~  ~ 1",
                "grep 't\\(w\\|h\\)' notes.txt ~ two/three/ ~ 0",
                "grep -E '^(one|two)$' notes.txt ~ one/two/ ~ 0",
                "grep '[[:alpha:]]\\{4\\}' notes.txt ~ three/ ~ 0",
                "find . -name '*.py' ~ .+src+app.py/ ~ 0",
                "cat missing.txt || cat src/app.py ~ import os/ ~ 0",
                "cat missing.txt && cat src/app.py ~  ~ 1",
                "grep -q x notes.txt; cat src/app.py ~ import os/ ~ 0",
                "! grep -q x notes.txt ~  ~ 0",
                "cd src && cat app.py ~ import os/ ~ 0",
                "cat notes.txt > /dev/null ~  ~ 0",
                "cat <<< hello ~ hello/ ~ 0"
            })
    void line_isRunAsAShellWouldRunIt(String line, @Nullable String printed, int status) {
        var outcome = run(line);
        String expected = printed == null ? "" : printed.replace('/', '\n').replace('+', '/');
        assertThat(outcome.stdout()).isEqualTo(expected);
        assertThat(outcome.exitCode()).isEqualTo(status);
        assertThat(outcome.truncated()).isFalse();
    }

    @Test
    void pipeline_isJoined() {
        var outcome = run("cat notes.txt src/app.py | grep o | head -2 | wc -l");
        assertThat(outcome.stdout().strip()).isEqualTo("2");
    }

    @Test
    void failure_isToldWithItsError() {
        var outcome = run("cat missing.txt");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.stderr()).contains("missing.txt").contains("No such file");
        assertThat(run("cat missing.txt 2>/dev/null").stderr()).isEmpty();
        assertThat(run("cat missing.txt 2>&1").stdout()).contains("No such file");
    }
}
