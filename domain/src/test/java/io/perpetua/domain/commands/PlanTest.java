package io.perpetua.domain.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.domain.commands.Plan.Stage;
import io.perpetua.domain.commands.Plan.Step;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a line becomes: what is run is what was judged, and as a shell would have it. */
class PlanTest {

    private final CommandPolicy policy = new CommandPolicy(RuleBook.shipped(), CommandPolicy.WORKSPACE_WRITE);

    private List<Step> steps(String line) {
        var judged = policy.judge(line, ".", PaperWorkspace.ofTheCorpus());
        assertThat(judged.allowed()).as(judged.reason()).isTrue();
        return Objects.requireNonNull(judged.plan()).steps();
    }

    private static String told(Step step) {
        String argv = step.stages().stream()
                .map(stage -> String.join(" ", stage.argv()))
                .collect(Collectors.joining(" | "));
        return step.joint() + " " + argv;
    }

    /** A change of the folder cannot fail, for it was looked at: what stands behind it goes by that. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "false; cd src || touch README.md ~ [THEN false, THEN true]",
                "false; x=1 || touch README.md ~ [THEN false, THEN true]",
                "false; cd src && touch x ~ [THEN false, THEN touch x]",
                "cd src || touch x; ls ~ [THEN ls]",
                "cd src || touch x && ls ~ [THEN ls]",
                "false && cd src && ls ~ [THEN false, AND ls]",
                "cd src ~ []"
            })
    void folder_isChangedWithSuccess(String line, String steps) {
        assertThat(steps(line)).extracting(PlanTest::told).hasToString(steps);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "find . -name '*.py' | xargs wc -l ~ find . ( -name *.py ) -print0 | xargs -0 wc -l",
                "find -L src -name a -o -name b | xargs -n 1 cat ~ find -L src ( -name a -o -name b ) -print0 | xargs -0 -n1 cat",
                "find . -print0 | xargs -0 -I{} cat {} ~ find . -print0 | xargs -0 -I {} cat {}",
                "find . -type f -print | xargs env LC_ALL=C wc ~ find . ( -type f ) -print0 | xargs -0 wc",
                "find . | xargs -L1 -P 4 -d '\\n' wc -l ~ find . -print0 | xargs -0 -n1 -P4 wc -l",
                "git ls-files -z | xargs -0 grep -n x ~ git --no-pager ls-files -z | xargs -0 grep -n x --",
                "env TZ=UTC nohup git log ~ git --no-pager log --no-ext-diff --no-textconv",
                "timeout 5 nice env ls ~ timeout 5 nice ls",
                "tar tzf a.tar.gz src ~ tar -t -z -f a.tar.gz src",
                "cp -r src docs ~ cp --remove-destination -r src docs",
                "tar -czf a.tar.gz src ~ tar -czf a.tar.gz src",
                "command -v git ~ which git"
            })
    void line_isRunAsItWasJudged(String line, String run) {
        assertThat(steps(line)).extracting(PlanTest::told).containsExactly("THEN " + run);
    }

    @Test
    void stage_writes_whereItWasJudgedTo() {
        assertThat(steps("touch x; cat a.txt | sort > out/y; git add a.txt; git log"))
                .flatExtracting(Step::stages)
                .extracting(stage -> stage.argv().getFirst() + " " + stage.writes())
                .containsExactly("touch true", "cat false", "sort false", "tee true", "git true", "git false");
    }

    /** By who was judged, and not by what stands in the words. */
    @Test
    void stage_isGits_whereGitWasJudged() {
        assertThat(steps("nice git add a.txt; env git status; touch -- git --no-pager; git --version"))
                .flatExtracting(Step::stages)
                .extracting(Stage::git)
                .containsExactly(true, true, false, false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {"env TZ=UTC LC_ALL=C ls ~ {LC_ALL=C, TZ=UTC}", "LANG=C env TZ=UTC ls ~ {LANG=C, TZ=UTC}"})
    void variable_isSetForTheProgram(String line, String environment) {
        assertThat(new TreeMap<>(steps(line).getFirst().stages().getFirst().environment()))
                .hasToString(environment);
    }
}
