package io.perpetua.adapters.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.perpetua.adapters.documents.sample.Comparison;
import io.perpetua.adapters.documents.sample.Manual;
import io.perpetua.application.vision.RegionDecoder.Decoded;
import io.perpetua.domain.vision.Fidelity;
import io.perpetua.domain.vision.PageRegion;
import io.perpetua.domain.vision.RegionType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred pages of which everything is known. */
class ManualTest {

    private static final long SEED = 20_261_130;

    @TempDir
    Path folder;

    @Test
    void read_manual_isWhatWasPutIn() throws IOException {
        var file = folder.resolve("manual.pdf");
        var manual = Manual.write(file, 100, SEED);

        var comparison = Comparison.of(manual, new LocalReader(DocumentLimits.DEFAULT, null), file);

        assertThat(manual.questions()).hasSize(100);
        assertThat(types(manual)).as("what is asked for").containsExactlyInAnyOrder(RegionType.values());
        assertThat(comparison.mistakes()).isEmpty();
        assertThat(comparison.rightTypes()).isEqualTo(1);
        assertThat(comparison.exactTexts()).isEqualTo(1);
        assertThat(comparison.read())
                .as("nothing else is found")
                .isEqualTo(manual.regions().size());
    }

    private static Set<RegionType> types(Manual manual) {
        return manual.questions().stream()
                .map(question -> question.answer().type())
                .collect(Collectors.toSet());
    }

    @Test
    void read_fromAPage_goesOnAsIfReadFromTheStart() throws IOException {
        var file = folder.resolve("manual.pdf");
        Manual.write(file, 6, SEED);
        var reader = new LocalReader(DocumentLimits.DEFAULT, null);

        var whole = ReadPages.of(reader, file);
        var rest = ReadPages.of(reader, file, "application/pdf", 4);

        assertThat(rest.count()).isEqualTo(6);
        assertThat(rest.pages()).isEqualTo(whole.pages().subList(3, 6));
        assertThat(rest.regions())
                .isEqualTo(whole.regions().stream()
                        .filter(each -> each.page() >= 4)
                        .toList());
    }

    @Test
    void read_regions_areOnTheirPagesAndInOrder() throws IOException {
        var file = folder.resolve("manual.pdf");
        Manual.write(file, 6, SEED);

        var read = ReadPages.of(new LocalReader(DocumentLimits.DEFAULT, null), file);

        for (PageRegion each : read.regions()) {
            var page = read.pages().get(each.page() - 1);
            assertThat(each.box().x() + each.box().w()).isLessThanOrEqualTo(page.width());
            assertThat(each.box().y() + each.box().h()).isLessThanOrEqualTo(page.height());
            assertThat(each.exact()).isTrue();
            assertThat(each.confidence()).isEqualTo(1);
        }
        var second = read.regions().stream().filter(each -> each.page() == 2).toList();
        assertThat(second).extracting(PageRegion::ordinal).isSorted().doesNotHaveDuplicates();
        int middle = read.pages().get(1).width() / 2;
        var columns = second.stream()
                .filter(each -> each.box().w() < middle
                        && each.box().y() > 180
                        && each.box().y() < 1600)
                .map(each -> each.box().x() > middle)
                .toList();
        assertThat(columns).as("the left column comes first").isSorted().contains(true, false);
    }

    @Test
    void decode_textLayer_isExactAtAnyFidelity() throws IOException {
        var file = folder.resolve("manual.pdf");
        var manual = Manual.write(file, 1, SEED);
        var read = ReadPages.of(new LocalReader(DocumentLimits.DEFAULT, null), file);
        var decoder = new LocalDecoder(DocumentLimits.DEFAULT, null);

        for (Fidelity fidelity : Fidelity.values()) {
            assertThat(read.regions().stream()
                            .map(each -> decoder.decode(file, read.pages().getFirst(), each, fidelity)))
                    .containsExactlyInAnyOrderElementsOf(manual.regions().stream()
                            .map(each -> new Decoded(each.text(), 1))
                            .toList());
        }
    }
}
