package io.perpetua.adapters.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.perpetua.domain.commands.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWorkspaceTest {

    @Test
    void place_followsEveryLink(@TempDir Path folder) throws IOException {
        var workspace = Folders.workspace(folder);
        Path root = Path.of(workspace.root());
        Files.createSymbolicLink(root.resolve("escape"), Path.of("/etc"));
        Files.createSymbolicLink(root.resolve("above"), Path.of("../secret.txt"));
        Files.createSymbolicLink(root.resolve("twice"), Path.of("above"));
        Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
        Files.createSymbolicLink(root.resolve("round"), root.resolve("src/../src/app.py"));

        assertThat(workspace.place(root + "/notes.txt")).isEqualTo(Place.FILE);
        assertThat(workspace.place(root + "/inner")).isEqualTo(Place.FOLDER);
        assertThat(workspace.place(root + "/inner/app.py")).isEqualTo(Place.FILE);
        assertThat(workspace.place(root + "/round")).isEqualTo(Place.FILE);
        assertThat(workspace.place(root + "/src/../notes.txt")).isEqualTo(Place.FILE);
        assertThat(workspace.place(root + "/missing/x")).isEqualTo(Place.MISSING);
        assertThat(workspace.place(root + "/notes.txt/x")).isEqualTo(Place.MISSING);
        assertThat(workspace.place(root + "/..")).isEqualTo(Place.OUTSIDE);
        assertThat(workspace.place(root + "/missing/../../secret.txt")).isEqualTo(Place.OUTSIDE);
        assertThat(workspace.place(root + "x")).isEqualTo(Place.OUTSIDE);
        assertThat(workspace.place("/dev/null")).isEqualTo(Place.OUTSIDE);
        for (String link : new String[] {"escape", "escape/passwd", "above", "twice", "loop"}) {
            assertThat(workspace.place(root + "/" + link)).as(link).isEqualTo(Place.OUTSIDE);
        }
        assertThat(workspace.names(root + "/inner")).containsExactly("app.py");
        assertThat(workspace.names(root + "/escape")).isNull();
        assertThat(workspace.names(root + "/notes.txt")).isNull();
    }

    @Test
    void workspace_thatIsNoFolder_isRefused(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path each : new Path[] {Path.of("/"), folder.resolve("missing"), file}) {
            assertThatThrownBy(() -> new FileWorkspace(each, "/home/nobody"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
