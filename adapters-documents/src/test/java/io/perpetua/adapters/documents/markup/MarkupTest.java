package io.perpetua.adapters.documents.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.perpetua.adapters.documents.DocumentLimits;
import io.perpetua.adapters.documents.LocalReader;
import io.perpetua.adapters.documents.ReadPages;
import io.perpetua.application.vision.DocumentFailure;
import io.perpetua.domain.vision.Box;
import io.perpetua.domain.vision.PageRegion;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkupTest {

    @TempDir
    Path folder;

    private ReadPages read(String content, String mediaType) throws IOException {
        return read(content.getBytes(StandardCharsets.UTF_8), mediaType);
    }

    private ReadPages read(byte[] content, String mediaType) throws IOException {
        var file = Files.write(folder.resolve("document"), content);
        return ReadPages.of(new LocalReader(DocumentLimits.DEFAULT, null), file, mediaType, 1);
    }

    private static List<String> told(ReadPages pages) {
        return pages.regions().stream()
                .map(each -> each.type() + ": " + each.text())
                .toList();
    }

    @Test
    void markdown_ofTooManyElements_isRefusedBeforeTheyAreMade() {
        var bombs = List.of(
                "*a* ".repeat(150_000),
                "*a*\n\n".repeat(100_001),
                "-\n".repeat(310_000),
                "[a]: b\n".repeat(310_000),
                "|a|b|\n|-|-|\n" + "|a|b|\n".repeat(100_001));
        for (String bomb : bombs) {
            assertThatThrownBy(() -> read(bomb, "text/markdown"))
                    .as(bomb.substring(0, 8))
                    .isInstanceOfSatisfying(
                            DocumentFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo("document_too_large"));
        }
    }

    @Test
    void markdown_ofManyElements_isRead() throws IOException {
        var read = read("Nothing is *tried* twice,\nand `never` again.\n\n".repeat(20_000), "text/markdown");
        assertThat(told(read)).hasSize(20_000).containsOnly("TEXT: Nothing is tried twice, and never again.");
    }

    @Test
    void html_isReadInTheCharsetThatItWasServedWith() throws IOException {
        var cyrillic = Charset.forName("windows-1251");
        String page = "<!doctype html><p>\u041a\u043e\u0442\u0451\u043b \u0438 \u043a\u043b\u0430\u043f\u0430\u043d";
        var read = read(page.getBytes(cyrillic), "text/html; charset=windows-1251");
        assertThat(told(read)).containsExactly("TEXT: " + page.substring(page.indexOf("<p>") + 3));
        assertThat(read.regions().getFirst().confidence()).isEqualTo(1);
        String declared = "<html><meta charset=koi8-r>" + page.substring(15);
        assertThat(told(read(declared.getBytes(cyrillic), "text/html; charset=\"Windows-1251\"")))
                .as("over what it says itself")
                .isEqualTo(told(read));
        assertThat(told(read(("\ufeff" + page).getBytes(StandardCharsets.UTF_8), "text/html; charset=windows-1251")))
                .as("a byte order mark over that")
                .isEqualTo(told(read));
        assertThat(told(read(("\ufeff" + page).getBytes(StandardCharsets.UTF_16LE), "text/html")))
                .isEqualTo(told(read));
        assertThat(told(read(
                        "<html><p>caf\u00e9 \u201cx\u201d".getBytes(Charset.forName("windows-1252")),
                        "text/html; charset=latin1")))
                .containsExactly("TEXT: caf\u00e9 \u201cx\u201d");
        assertThat(told(read(page, "text/html; charset=nobody-knows"))).isEqualTo(told(read));
    }

    @Test
    void text_isReadInTheCharsetThatItWasServedWith() throws IOException {
        String said = "\u041a\u043e\u0442\u0451\u043b";
        for (String charset : List.of("koi8-r", "utf-8", "utf-16")) {
            var bytes = said.getBytes(charset.equals("utf-16") ? StandardCharsets.UTF_16LE : Charset.forName(charset));
            assertThat(told(read(bytes, "text/plain; charset=" + charset))).containsExactly("TEXT: " + said);
        }
        assertThat(told(read(("\ufeff" + said).getBytes(StandardCharsets.UTF_8), "text/plain; charset=koi8-r")))
                .containsExactly("TEXT: " + said);
    }

    @Test
    void bytesThatSayNothing_lowerTheConfidenceOfTheirRegion() throws IOException {
        byte[] page = "<html><p>abc\u00e9<p>abcd".getBytes(StandardCharsets.ISO_8859_1);
        var regions = read(page, "text/html; charset=utf-8").regions();
        assertThat(regions).extracting(PageRegion::text).containsExactly("abc\ufffd", "abcd");
        assertThat(regions).extracting(PageRegion::confidence).containsExactly(0.75, 1.0);
    }

    @Test
    void html_isReadByItsElements() throws IOException {
        var read = read("""
                <!doctype html><html><head><title>left out</title><style>p {}</style></head><body>
                <h1>Retries   and <em>limits</em></h1>
                <p>Nothing is<br>tried &lt;twice&gt;.</p>
                <script>document.write("never")</script><p hidden>nor this</p>
                <pre><code class="java">
                if (again) {
                    retry();

                }
                </code></pre>
                <table><caption>Limits</caption><tr><th>Name<th>Value<tr><td>tries<td> 3
                </table>
                <ul><li>one</li><li>two <ul><li>two and a half</ul></li></ul>
                <figure><img src="http://127.0.0.1:1/x.png" alt="boxes and arrows"><figcaption>The path</figcaption></figure>
                <table><tr><td><p>A layout</p><table><tr><td>1<td>2</table></table>
                loose words
                </body></html>""", "");

        assertThat(told(read))
                .containsExactly(
                        "TEXT: Retries and limits",
                        "TEXT: Nothing is\ntried <twice>.",
                        "CODE: if (again) {\n    retry();\n\n}",
                        "TABLE: Limits\nName | Value\ntries | 3",
                        "TEXT: one\ntwo\ntwo and a half",
                        "FIGURE: The path\nboxes and arrows",
                        "TEXT: A layout",
                        "TABLE: 1 | 2",
                        "TEXT: loose words");
        assertThat(read.regions()).allMatch(each -> each.exact() && each.confidence() == 1);
    }

    @Test
    void html_littleTextThatIsATreeWithoutEnd_isRefused() {
        var open = IntStream.range(0, 12).mapToObj(i -> "<b id=" + i + ">").collect(Collectors.joining());
        String page = "<p>" + open + "</p>" + "<p>x".repeat(500_000);

        assertThatThrownBy(() -> read(page, "text/html"))
                .isInstanceOfSatisfying(
                        DocumentFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo("document_too_large"));
    }

    @Test
    void markdown_isReadByItsBlocks() throws IOException {
        var read = read("""
                # Retries *and* limits

                Nothing is `tried` twice,
                [ever](http://x/).

                ```java
                if (again) {
                    retry();
                }
                ```

                | Name  | Value |
                |-------|------:|
                | tries | 3     |

                - one
                - two
                  - two and a half

                ![boxes and arrows](x.png)

                > quoted

                1. with code:

                       indented();

                <p>Some <b>HTML</b></p>
                """, "text/markdown");

        assertThat(told(read))
                .containsExactly(
                        "TEXT: Retries and limits",
                        "TEXT: Nothing is tried twice, ever.",
                        "CODE: if (again) {\n    retry();\n}",
                        "TABLE: Name | Value\ntries | 3",
                        "TEXT: one\ntwo\ntwo and a half",
                        "FIGURE: boxes and arrows",
                        "TEXT: quoted",
                        "TEXT: with code:",
                        "CODE: indented();",
                        "TEXT: Some HTML");
    }

    @Test
    void pages_areMadeAsByATypewriter() throws IOException {
        var read = read("first\n\n" + "x".repeat(250) + "\n\n" + "word ".repeat(1_300) + "\n\nlast", "text/markdown");

        assertThat(read.regions())
                .extracting(PageRegion::page, PageRegion::ordinal, PageRegion::box)
                .containsExactly(
                        tuple(1, 0, new Box(0, 0, 800, 16)),
                        tuple(1, 1, new Box(0, 32, 800, 48)),
                        tuple(2, 0, new Box(0, 0, 800, 65 * 16)),
                        tuple(3, 0, new Box(0, 0, 800, 16)));
        assertThat(read.pages()).extracting(page -> page.height()).containsExactly(960, 66 * 16, 960);
        assertThat(read.count()).isEqualTo(3);
    }

    @Test
    void text_ofAnotherEncoding_isRead() throws IOException {
        assertThat(told(read("caf\u00e9".getBytes(Charset.forName("windows-1252")), "text/plain")))
                .containsExactly("TEXT: caf\u00e9");
        assertThat(told(read("\ufeffcaf\u00e9", ""))).containsExactly("TEXT: caf\u00e9");
        assertThat(told(read("<html><meta charset=iso-8859-1><p>caf\u00e9".getBytes(StandardCharsets.ISO_8859_1), "")))
                .containsExactly("TEXT: caf\u00e9");
    }

    @Test
    void blocks_withinBlocks_endSomewhere() throws IOException {
        assertThat(read("<div>".repeat(50_000) + "deep", "text/html").count()).isPositive();
        assertThat(read("> ".repeat(5_000) + "deep", "text/markdown").count()).isPositive();
        assertThat(read("- ".repeat(5_000) + "deep", "text/markdown").count()).isPositive();
    }
}
