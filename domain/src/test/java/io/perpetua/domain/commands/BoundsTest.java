package io.perpetua.domain.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that are made to take long, or to break what reads them. */
@Timeout(60)
class BoundsTest {

    private final Workspace workspace = PaperWorkspace.ofTheCorpus();
    private final CommandPolicy policy = new CommandPolicy(RuleBook.shipped(), CommandPolicy.WORKSPACE_WRITE);

    private Judgement judged(String line) {
        return policy.judge(line, ".", workspace);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{", "{a,", "{a,b}", "{1..9}", "*", "?*", "[", "[a", "\\\\", "'", "\"", "$", "$(", "`", "|", "&&", ";",
                "<<a ", "<<< a ", "(", "{ ", "\\\n", "-", "--", "a=b ", "!", "~", "../", "x | "
            })
    void part_inGreatNumbers_isReadInTime(String part) {
        for (String before : new String[] {"", "ls ", "echo ", "cat <<E\n"}) {
            var judged = judged(before + part.repeat(30_000 / part.length()));
            assertThat(judged.reason()).isNotEmpty();
        }
    }

    @Test
    void line_thatIsTooLong_isBlocked() {
        assertThat(judged("echo " + "a".repeat(ShellParser.LONGEST)).kind()).isEqualTo(CommandClass.BLOCKED);
    }

    /** Whatever the characters are, a line has a class, and one that is allowed has a plan. */
    @Test
    void randomCharacters_areJudged() {
        var random = new Random(11);
        String characters = "abr mls-f \"'\\$`(){}<>|&;*?[]~=#!,.:/\n\t0129\u00e9\u200b";
        for (int i = 0; i < 30_000; i++) {
            var line = new StringBuilder(random.nextInt(4) == 0 ? "ls " : "");
            for (int n = random.nextInt(24); n > 0; n--) {
                line.append(characters.charAt(random.nextInt(characters.length())));
            }
            var judged = judged(line.toString());
            assertThat(judged.plan() != null).as(line.toString()).isEqualTo(judged.allowed());
            assertThat(judged.kind() == CommandClass.BLOCKED && judged.allowed())
                    .isFalse();
        }
    }

    @Test
    void folder_thatIsNoneOfTheWorkspace_blocksEveryLine() {
        for (String folder : new String[] {"..", "/etc", "escape", "missing", "README.md", "test/out"}) {
            assertThat(policy.judge("pwd", folder, workspace).kind()).as(folder).isEqualTo(CommandClass.BLOCKED);
        }
        assertThat(policy.judge("ls ..", "src", workspace).kind()).isEqualTo(CommandClass.SAFE);
        assertThat(policy.judge("ls ../..", "src", workspace).kind()).isEqualTo(CommandClass.BLOCKED);
    }
}
