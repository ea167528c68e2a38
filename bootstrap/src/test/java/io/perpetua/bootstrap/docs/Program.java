package io.perpetua.bootstrap.docs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.spi.ToolProvider;

/**
 * The program under test, packed so that it starts within a second: one that is run two dozen times is worth an archive of its
 * classes, which is made of jars alone.
 *
 * @param classPath of jars
 * @param archive of classes that have been read; made when it is run for the first time
 */
record Program(String classPath, Path archive) {

    /** Packs the class path of this process into {@code folder}. */
    static Program pack(Path folder) throws IOException {
        var jar = ToolProvider.findFirst("jar").orElseThrow();
        var packed = new ArrayList<String>();
        for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(element);
            if (Files.isDirectory(path)) {
                Path file = folder.resolve("classes-" + packed.size() + ".jar");
                jar.run(
                        System.out,
                        System.err,
                        "--create",
                        "--no-compress",
                        "--file",
                        file.toString(),
                        "-C",
                        element,
                        ".");
                packed.add(file.toString());
            } else if (Files.exists(path)) {
                packed.add(element);
            }
        }
        return new Program(String.join(File.pathSeparator, packed), folder.resolve("classes.jsa"));
    }

    /** The option that makes the archive, or uses it once it is there. */
    String option() {
        return (Files.exists(archive) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=") + archive;
    }
}
