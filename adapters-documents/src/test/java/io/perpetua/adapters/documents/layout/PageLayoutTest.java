package io.perpetua.adapters.documents.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.adapters.documents.layout.PageContent.Turned;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pages put together by hand: each character is 5 points wide and 10 high. */
class PageLayoutTest {

    private static final double WIDTH = 5;
    private static final double SIZE = 10;

    private final List<Glyph> glyphs = new ArrayList<>();
    private final List<Turned> turned = new ArrayList<>();
    private final List<Rule> rules = new ArrayList<>();
    private final List<Rect> drawings = new ArrayList<>();
    private final List<Rect> pictures = new ArrayList<>();

    private void line(double x, double baseline, String text) {
        line(x, baseline, text, false, SIZE);
    }

    private void line(double x, double baseline, String text, boolean mono, double size) {
        for (int i = 0; i < text.length(); i++) {
            glyphs.add(new Glyph(text.substring(i, i + 1), x + i * WIDTH, WIDTH, baseline, size, mono, mono ? 2 : 1));
        }
    }

    private void box(double left, double top, double right, double bottom) {
        drawings.add(new Rect(left, top, right, bottom));
        rules.add(new Rule(new Rect(left, top, right, top), true, true));
        rules.add(new Rule(new Rect(left, bottom, right, bottom), true, true));
        rules.add(new Rule(new Rect(left, top, left, bottom), false, true));
        rules.add(new Rule(new Rect(right, top, right, bottom), false, true));
    }

    private List<String> regions() {
        var page = new PageContent(600, 800, glyphs, turned, rules, drawings, pictures);
        return PageLayout.regions(page).stream()
                .map(each -> each.type() + ": " + each.text())
                .toList();
    }

    @Test
    void lines_thatFillTheWidth_areOneParagraph_andOthersEndWhereTheyAreMeantTo() {
        line(50, 100, "the first line of some text that goes on");
        line(50, 112, "to here, where it is over.");
        line(50, 150, "An address 5");
        line(50, 162, "Some street 12, which is long enough for more");
        assertThat(regions())
                .containsExactly(
                        "TEXT: the first line of some text that goes on to here, where it is over.",
                        "TEXT: An address 5\nSome street 12, which is long enough for more");
    }

    @Test
    void hyphens_stay() {
        line(50, 100, "what is said of self-");
        line(50, 112, "service and of confi-");
        line(50, 124, "dence – or of a dash -");
        line(50, 136, "stays as it is written");
        assertThat(regions())
                .containsExactly(
                        "TEXT: what is said of self-service and of confi-dence – or of a dash - stays as it is written");
    }

    @Test
    void order_ofDrawing_doesNotMatter() {
        line(50, 100, "one line after the other");
        line(50, 112, "and a second one of them");
        Collections.shuffle(glyphs, new Random(5));
        assertThat(regions()).containsExactly("TEXT: one line after the other and a second one of them");
    }

    @Test
    void spaces_thatAreNotDrawn_areSeen() {
        line(50, 100, "two");
        line(50 + 3 * WIDTH + 2.5, 100, "words");
        line(200, 100, "bold");
        line(200.3, 100, "bold");
        assertThat(regions()).containsExactly("TEXT: two words bold");
    }

    @Test
    void items_ofALlist_areRegions() {
        line(50, 100, "There are two kinds of things:");
        line(60, 112, "• those that are here, and that go on in the");
        line(70, 124, "next line;");
        line(60, 136, "• those that are not.");
        line(60, 148, "1. And a number.");
        assertThat(regions())
                .containsExactly(
                        "TEXT: There are two kinds of things:",
                        "TEXT: • those that are here, and that go on in the next line;",
                        "TEXT: • those that are not.",
                        "TEXT: 1. And a number.");
    }

    @Test
    void columns_areReadOneAfterTheOther_betweenWhatCrossesThem() {
        line(50, 60, "A title that goes across both of the columns of this whole page, from side to side");
        for (int i = 0; i < 5; i++) {
            line(50, 100 + i * 12, "left column, which is line number " + i);
            line(300, 100 + i * 12, "right column, and the line number " + i);
        }
        line(50, 200, "A second title that goes across both of the columns of this page, from side to side");
        assertThat(regions()).hasSize(4).satisfies(regions -> {
            assertThat(regions.get(0)).contains("A title");
            assertThat(regions.get(1)).contains("left column").doesNotContain("right");
            assertThat(regions.get(2)).contains("right column").doesNotContain("left");
            assertThat(regions.get(3)).contains("A second title");
        });
    }

    @Test
    void cells_oneBelowTheOther_areATable_andItsCaptionBelongsToIt() {
        line(50, 80, "Table 3: Ports");
        line(50, 100, "Name");
        line(150, 100, "Port");
        line(250, 100, "Use");
        line(50, 114, "web");
        line(150, 114, "80");
        line(250, 114, "pages of people");
        line(250, 124, "and machines");
        line(50, 140, "mail");
        line(150, 140, "25");
        line(250, 140, "letters");
        assertThat(regions())
                .containsExactly(
                        "TABLE: Table 3: Ports\nName | Port | Use\nweb | 80 | pages of people and machines\nmail | 25 | letters");
    }

    @Test
    void grid_withMergedCellsAndWrappedLines_isATable() {
        for (double y : new double[] {100, 120, 150}) {
            rules.add(new Rule(new Rect(50, y, 250, y), true, false));
        }
        rules.add(new Rule(new Rect(50, 100, 50, 150), false, false));
        rules.add(new Rule(new Rect(150, 120, 150, 150), false, false));
        rules.add(new Rule(new Rect(250, 100, 250, 150), false, false));
        line(55, 114, "a head over both");
        line(55, 132, "one");
        line(55, 144, "cell");
        line(148 - 15, 132, "nex");
        line(153, 132, "t to it");
        assertThat(regions()).containsExactly("TABLE: a head over both\none nex cell | t to it");
    }

    @Test
    void boxesAndArrows_areAFigure_withItsLabelsAndCaption() {
        box(100, 100, 160, 130);
        box(200, 100, 260, 130);
        drawings.add(new Rect(160, 112, 200, 118));
        line(110, 118, "in");
        line(210, 118, "out");
        line(100, 150, "Figure 2: From in to out");
        line(50, 200, "Text that has nothing to do with it.");
        turned.add(new Turned(new Glyph("t", -130, 5, 95, 8, false, 1), 3));
        assertThat(regions())
                .containsExactly(
                        "FIGURE: Figure 2: From in to out\nin out\nt", "TEXT: Text that has nothing to do with it.");
    }

    @Test
    void picture_isAFigure_butNotTheGroundOfAPage() {
        pictures.add(new Rect(0, 0, 600, 800));
        pictures.add(new Rect(100, 100, 200, 180));
        line(50, 300, "Text on it.");
        assertThat(regions()).containsExactly("FIGURE: ", "TEXT: Text on it.");
    }

    @Test
    void rulesAlone_areNoFigure() {
        for (int i = 0; i < 6; i++) {
            rules.add(new Rule(new Rect(50, 100 + i * 8, 550, 100 + i * 8), true, false));
        }
        line(50, 300, "Text below a staff of lines.");
        assertThat(regions()).containsExactly("TEXT: Text below a staff of lines.");
    }

    @Test
    void code_keepsIndentationAndEmptyLines_drawnOrSkipped() {
        line(50, 60, "An ordinary line above it.");
        line(50, 100, "if (a) {", true, 8);
        line(50 + 4 * WIDTH, 110, "b(c,    d);", true, 8);
        line(50, 130, "    e();", true, 8);
        line(50, 140, "}", true, 8);
        line(50, 160, "An ordinary line with", false, SIZE);
        assertThat(regions())
                .containsExactly(
                        "TEXT: An ordinary line above it.",
                        "CODE: if (a) {\n    b(c,    d);\n\n    e();\n}",
                        "TEXT: An ordinary line with");
    }

    @Test
    void code_isPartedByTextInBetween() {
        line(50, 100, "wrong();", true, 8);
        line(50, 114, "But this is right:");
        line(50, 126, "right();", true, 8);
        assertThat(regions()).containsExactly("CODE: wrong();", "TEXT: But this is right:", "CODE: right();");
    }

    @Test
    void page_ofATypewriter_isText_butForItsCode() {
        line(50, 100, "a letter that was typed on a", true, SIZE);
        line(50, 112, "machine of the old kind", true, SIZE);
        line(50, 200, "x = y[0];", true, SIZE);
        assertThat(regions())
                .containsExactly("TEXT: a letter that was typed on a machine of the old kind", "CODE: x = y[0];");
    }

    @Test
    void raisedCharacters_stayInTheirLine() {
        line(50, 100, "see note");
        glyphs.add(new Glyph("2", 50 + 8 * WIDTH, 3, 96, 6, false, 1));
        line(50, 112, "and m");
        assertThat(regions()).containsExactly("TEXT: see note2 and m");
    }

    @Test
    void confidence_isTheShareOfCharactersThatAreNamed() {
        line(50, 100, "ab");
        glyphs.add(new Glyph(Glyph.UNKNOWN, 60, WIDTH, 100, SIZE, false, 1));
        glyphs.add(new Glyph("c", 65, WIDTH, 100, SIZE, false, 1));
        assertThat(new PageContent(600, 800, glyphs, turned, rules, drawings, pictures).named())
                .isEqualTo(0.75);
    }

    @Test
    void page_ofNothing_hasNoRegions() {
        assertThat(regions()).isEmpty();
    }
}
