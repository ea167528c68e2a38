package io.perpetua.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

    private final Path folder;
    private final Path file;
    private final List<Path> files = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final FileWatch watch;

    FileWatchTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        file = Files.writeString(folder.resolve("perpetua.yml"), "one");
        files.add(file);
        watch = new FileWatch(() -> files, () -> told.add(content(file)), Map.of());
    }

    @Test
    void look_nothingChanged_tellsNothing() throws IOException {
        looks(3);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        looks(3);
        assertThat(told).isEmpty();
    }

    @Test
    void look_written_tellsOnceAtTheSecondLook() throws IOException {
        Files.writeString(file, "two");
        watch.look();
        assertThat(told).as("perhaps there is more to come").isEmpty();
        looks(3);
        assertThat(told).containsExactly("two");
    }

    @Test
    void look_stillBeingWritten_waits() throws IOException {
        Files.writeString(file, "tw");
        watch.look();
        Files.writeString(file, "two");
        watch.look();
        assertThat(told).isEmpty();
        looks(2);
        assertThat(told).containsExactly("two");
    }

    @Test
    void look_writtenBack_tellsNothing() throws IOException {
        Files.writeString(file, "two");
        watch.look();
        Files.writeString(file, "one");
        looks(3);
        assertThat(told).isEmpty();
    }

    @Test
    void look_replacedByAnotherOfTheSameTimeAndLength_tells() throws IOException {
        var time = Files.getLastModifiedTime(file);
        var other = Files.writeString(folder.resolve("perpetua.yml~"), "two");
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        looks(2);
        assertThat(told).containsExactly("two");
    }

    @Test
    void look_goneAndBack_tellsWhatCameBack() throws IOException {
        Files.delete(file);
        looks(2);
        Files.writeString(file, "two");
        looks(2);
        assertThat(told).containsExactly("gone", "two");
    }

    @Test
    void look_folderOfLinksSwapped_tells() throws IOException {
        var first = Files.createDirectory(folder.resolve("..2026_01"));
        var second = Files.createDirectory(folder.resolve("..2026_02"));
        Files.writeString(first.resolve("perpetua.yml"), "one");
        Files.writeString(second.resolve("perpetua.yml"), "two");
        var data = Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
        var link = Files.createSymbolicLink(folder.resolve("linked.yml"), Path.of("..data", "perpetua.yml"));
        files.set(0, link);
        var links = new FileWatch(() -> files, () -> told.add(content(link)), Map.of());
        var swapped = Files.createSymbolicLink(folder.resolve("..data_tmp"), second.getFileName());
        Files.move(swapped, data, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        links.look();
        links.look();
        assertThat(told).containsExactly("two");
    }

    @Test
    void look_fileNamedByTheChange_isWatchedFromThenOn() throws IOException {
        var prices = Files.writeString(folder.resolve("prices.json"), "{}");
        var growing = new FileWatch(
                () -> files,
                () -> {
                    told.add("change");
                    files.add(prices);
                },
                Map.of());
        Files.writeString(file, "two");
        growing.look();
        growing.look();
        growing.look();
        assertThat(told).hasSize(1);
        Files.writeString(prices, "[]");
        growing.look();
        growing.look();
        assertThat(told).hasSize(2);
    }

    @Test
    void look_otherThanWhatWasRead_tells() {
        var late = new FileWatch(
                () -> files, () -> told.add(content(file)), Map.of(file, FileWatch.digest(new byte[] {1})));
        late.look();
        late.look();
        assertThat(told).containsExactly("one");
    }

    private void looks(int times) {
        for (int i = 0; i < times; i++) {
            watch.look();
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "gone";
        }
    }
}
