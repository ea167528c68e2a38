package io.perpetua.domain.strategy;

import static io.perpetua.domain.strategy.Spoken.assistant;
import static io.perpetua.domain.strategy.Spoken.block;
import static io.perpetua.domain.strategy.Spoken.calls;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactsTest {

    private static final String CODE = "export const a = 1;";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tsx src/Header.tsx",
                "tsx title=\"src/Header.tsx\"",
                "tsx {file=src/Header.tsx}",
                "tsx filename='src/Header.tsx' showLineNumbers",
                "tsx:src/Header.tsx",
                "./src/Header.tsx"
            })
    void in_fileInTheInfoString_isTheName(String info) {
        assertThat(only(block(info, CODE)).file()).isEqualTo("src/Header.tsx");
        assertThat(only(block(info, CODE)).certain()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "// src/Header.tsx",
                "/* src/Header.tsx */",
                "# src/Header.tsx",
                "<!-- src/Header.tsx -->",
                "{/* src/Header.tsx */}",
                "// File: src/Header.tsx",
                "// src/Header.tsx (updated)"
            })
    void in_fileInTheFirstComment_isTheName(String comment) {
        assertThat(only(block("tsx", comment + "\n" + CODE)).file()).isEqualTo("src/Header.tsx");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "### `src/Header.tsx`",
                "**src/Header.tsx**",
                "Now replace src/Header.tsx:",
                "Here is (src/Header.tsx), with Node.js in mind."
            })
    void in_fileInTheLineBefore_isTheNameThoughNotForCertain(String line) {
        var artifact = only("Well.\n\n" + line + "\n\n" + block("tsx", CODE));

        assertThat(artifact.file()).isEqualTo("src/Header.tsx");
        assertThat(artifact.certain()).isFalse();
    }

    @Test
    void in_twoFilesInTheLineBefore_namesNeither() {
        var artifact = only("Import Header.tsx from App.tsx:\n" + block("tsx", "export default function App() {}"));

        assertThat(artifact.file()).isNull();
        assertThat(artifact.declared()).isEqualTo("App");
    }

    @Test
    void in_noFile_isKnownByWhatItDeclares() {
        assertThat(declared("tsx", "import x from 'y';\n\nexport function Card() {\n  function inner() {}\n}"))
                .isEqualTo("Card");
        assertThat(declared("jsx", "const Card = () => <p/>;\nexport default Card;"))
                .isEqualTo("Card");
        assertThat(declared("python", "def helper():\n    pass\n\nclass Cart:\n    def add(self): ..."))
                .isEqualTo("Cart");
        assertThat(declared("go", "func (c *Cart) Add(n int) {}")).isEqualTo("Add");
        assertThat(declared("sql", "CREATE TABLE IF NOT EXISTS orders (id int);"))
                .isEqualTo("orders");
        assertThat(declared("html", "<!doctype html><html><title>Marina</title></html>"))
                .isEqualTo("Marina");
        assertThat(declared("html", "<nav class=\"top\"></nav>")).isEqualTo("<nav>");
        assertThat(declared("html", "<section id=\"hero\">")).isEqualTo("#hero");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "```bash\nnpm install\nclass x\n```",
                "```\njust some words\n```",
                "```12:15:src/Header.tsx\nexport const a = 1;\n```",
                "```js\nexample();\n```",
                "```python\ndef main(): pass\n```",
                "`inline class X`",
                "no code at all"
            })
    void in_nothingThatTellsOneBlockFromAnother_isNoArtifact(String text) {
        assertThat(Artifacts.in(assistant(text))).isEmpty();
    }

    @Test
    void in_partsLeftOut_isPartial() {
        assertThat(only(block("tsx Header.tsx", "// ... existing code ...\nfoo()"))
                        .partial())
                .isTrue();
        assertThat(only(block("py cart.py", "# rest of the class stays the same"))
                        .partial())
                .isTrue();
        assertThat(only(block("diff src/Header.tsx", "+ foo()")).partial()).isTrue();
        assertThat(only(block("tsx Header.tsx", "// Loading...\nconst all = [...props];"))
                        .partial())
                .isFalse();
    }

    @Test
    void in_toolCallThatWritesAFile_isAnArtifact() {
        var written = Artifacts.in(
                        calls(
                                "write_file",
                                "{\"options\": {\"content\": \"no\"}, \"path\": \"src/cart.py\", \"content\": \"def add():\\n\\tpass \\u00e9\\\"\"}"))
                .getFirst();

        assertThat(written.file()).isEqualTo("src/cart.py");
        assertThat(written.inText()).isFalse();
        assertThat(written.shown()).isEqualTo("```\ndef add():\n\tpass é\"\n```");
    }

    @Test
    void in_toolCallThatEditsAFile_isPartial() {
        var edit = Artifacts.in(
                        calls("edit", "{\"file_path\":\"a.py\",\"old_string\":\"x = 1\",\"new_string\":\"x = 2\"}"))
                .getFirst();

        assertThat(edit.partial()).isTrue();
        assertThat(edit.shown()).contains("instead of", "x = 1", "x = 2");
        assertThat(Artifacts.in(calls("read_file", "{\"path\":\"a.py\"}"))).isEmpty();
        assertThat(Artifacts.in(calls("write_file", "{\"path\":\"a.py\",\"content\":\"cut of")))
                .isEmpty();
    }

    @Test
    void in_blockThatIsNotClosed_endsWithTheText() {
        String text = "See:\n~~~tsx Header.tsx\n```\nstill code";

        assertThat(only(text).shown()).isEqualTo("~~~tsx Header.tsx\n```\nstill code");
    }

    /** Would take minutes were any of it quadratic. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "`",
                "```\n",
                "~~~a\n",
                "````` `\n",
                "```ts a.ts\n",
                "// a.ts ",
                "<title>",
                "id=\"",
                "class ",
                "export ",
                " ",
                "\"",
                "a.ts "
            })
    void in_aMillionCharactersOfTheSame_isDone(String repeated) {
        String text = repeated.repeat(1_000_000 / repeated.length());

        assertThat(Artifacts.in(assistant(text)).size()).isLessThanOrEqualTo(64);
        assertThat(Artifacts.in(assistant("```html a.html\n" + text))).hasSizeLessThanOrEqualTo(64);
        assertThat(Artifacts.in(calls("write", "{\"path\":\"a.ts\",\"content\":\"" + text)))
                .hasSizeLessThan(2);
        assertThat(LatestStatements.OF_IDENTITY
                        .after(Spoken.turns(Spoken.user(text)))
                        .weight())
                .isLessThan(10);
        assertThat(OpenIssue.NONE.after(Spoken.turns(Spoken.user(text))).statements())
                .isEmpty();
    }

    private static @Nullable String declared(String language, String code) {
        return only(block(language, code)).declared();
    }

    private static Artifact only(String text) {
        List<Artifact> found = Artifacts.in(assistant(text));
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
