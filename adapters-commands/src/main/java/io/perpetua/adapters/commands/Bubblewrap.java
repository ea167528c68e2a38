package io.perpetua.adapters.commands;

import io.perpetua.domain.commands.Plan.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * What a program finds: the system's programs and libraries, to be read; the workspace, to be read, or to be written where
 * the plan writes; a folder for temporary files of its own; no network, nobody else's processes, no other folder, not even
 * /etc but for what the linker and the clock need. What git keeps is written by git alone, wherever it lies in the workspace. It
 * is the child of a process that takes it along when it dies.
 */
/** The command line of bubblewrap. Immutable. */
final class Bubblewrap {

    private static final List<String> SYSTEM = List.of("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32");
    private static final List<String> READ =
            List.of("/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/alternatives", "/etc/localtime");
    private static final Map<String, String> FIXED = Map.of("PATH", "/usr/bin:/bin", "HOME", "/tmp", "LANG", "C.UTF-8");
    private static final String TEMPORARY_BYTES = "67108864";
    private static final long MOST_FILE = 256L << 20;

    private final Path program;
    private final @Nullable Path prlimit;
    private final String workspace;
    private final Limits limits;
    private final boolean sized;

    Bubblewrap(Path program, @Nullable Path prlimit, String workspace, Limits limits, boolean sized) {
        this.program = program;
        this.prlimit = prlimit;
        this.workspace = workspace;
        this.limits = limits;
        this.sized = sized;
    }

    /** A program of the system by its name, null when there is none. */
    static @Nullable Path find(String name, List<String> folders) {
        return folders.stream()
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /**
     * The command line by which a stage runs in {@code folder}.
     *
     * @throws IOException when nobody can tell where git keeps things; its message tells people why
     */
    List<String> wrap(Stage stage, String folder) throws IOException {
        var line = new ArrayList<String>(List.of(
                program.toString(),
                "--unshare-all",
                "--die-with-parent",
                "--new-session",
                "--clearenv",
                "--cap-drop",
                "ALL"));
        FIXED.forEach((name, value) -> line.addAll(List.of("--setenv", name, value)));
        Path root = Path.of(workspace);
        GitSettings.environment(root).forEach((name, value) -> line.addAll(List.of("--setenv", name, value)));
        stage.environment().forEach((name, value) -> line.addAll(List.of("--setenv", name, value)));
        SYSTEM.forEach(each -> line.addAll(mounted(Path.of(each))));
        READ.forEach(each -> line.addAll(List.of("--ro-bind-try", each, each)));
        line.addAll(List.of("--proc", "/proc", "--dev", "/dev"));
        if (sized) {
            line.addAll(List.of("--size", TEMPORARY_BYTES));
        }
        line.addAll(List.of("--tmpfs", "/tmp"));
        line.addAll(List.of(stage.writes() ? "--bind" : "--ro-bind", workspace, workspace));
        if (stage.writes() && !stage.git()) {
            for (Path each : Repositories.in(root)) {
                if (!Files.isSymbolicLink(each)) { // where it leads is there as well
                    line.addAll(List.of("--ro-bind", each.toString(), each.toString()));
                }
            }
        }
        line.addAll(List.of("--remount-ro", "/", "--chdir", folder, "--"));
        if (prlimit != null) {
            line.addAll(Stream.of(
                            prlimit.toString(),
                            "--core=0",
                            "--cpu=" + (limits.time().toSeconds() + 1),
                            "--as=" + limits.memory(),
                            "--fsize=" + MOST_FILE,
                            "--nofile=256",
                            "--nproc=" + limits.processes(),
                            "--")
                    .toList());
        }
        line.addAll(stage.argv());
        return line;
    }

    private static List<String> mounted(Path folder) {
        try {
            return Files.isSymbolicLink(folder)
                    ? List.of("--symlink", Files.readSymbolicLink(folder).toString(), folder.toString())
                    : List.of("--ro-bind-try", folder.toString(), folder.toString());
        } catch (IOException e) {
            return List.of();
        }
    }
}
