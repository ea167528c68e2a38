package io.perpetua.adapters.commands;

import io.perpetua.adapters.commands.Arguments.Unsupported;
import io.perpetua.adapters.commands.Builtin.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code pwd} and {@code ls}. */
final class FileBuiltins {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private FileBuiltins() {}

    static Builtin pwd(List<String> words) throws Unsupported {
        Arguments.of(words, "LP,logical,physical", "");
        return here -> {
            here.out().print(here.real(".") + "\n");
            return 0;
        };
    }

    static Builtin ls(List<String> words) throws Unsupported {
        var arguments = Arguments.of(words, "aA1lrdpFh,all,almost-all,reverse,directory,classify,human-readable", "");
        return here -> {
            var complaints = new Complaints("ls", here);
            var within = new Complaints("ls", here);
            var operands = arguments.operands().isEmpty() ? List.of(".") : arguments.operands();
            var folders = new ArrayList<String>();
            for (String operand : operands) {
                complaints.during(operand, () -> {
                    var attributes = attributes(here.real(operand));
                    if (attributes.isDirectory() && !arguments.has("d", "directory")) {
                        folders.add(operand);
                    } else {
                        print(operand, attributes, arguments, here);
                    }
                });
            }
            for (String folder : folders) {
                if (operands.size() > 1) {
                    here.out().print((folder.equals(folders.getFirst()) ? "" : "\n") + folder + ":\n");
                }
                complaints.during(folder, () -> list(folder, arguments, here, within));
            }
            return complaints.any() ? 2 : within.any() ? 1 : 0;
        };
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static void list(String operand, Arguments arguments, Surroundings here, Complaints complaints)
            throws IOException {
        try (var folder = here.folder(operand)) {
            var names = folder.names();
            if (arguments.has("a", "all")) {
                print(".", attributes(here.real(operand)), arguments, here);
            }
            for (String name : arguments.has("r", "reverse") ? names.reversed() : names) {
                if (!name.startsWith(".") || arguments.has("a", "A", "all", "almost-all")) {
                    complaints.during(name, () -> print(name, folder.attributes(name), arguments, here));
                }
            }
        }
    }

    private static void print(String name, BasicFileAttributes attributes, Arguments arguments, Surroundings here)
            throws IOException {
        String mark = !arguments.has("F", "p", "classify")
                ? ""
                : attributes.isDirectory() ? "/" : attributes.isSymbolicLink() && !arguments.has("p") ? "@" : "";
        String details = "";
        if (arguments.has("l")) {
            String kind = attributes.isDirectory() ? "d" : attributes.isSymbolicLink() ? "l" : "-";
            details = "%s %10d %s "
                    .formatted(
                            kind,
                            attributes.size(),
                            MINUTE.format(attributes.lastModifiedTime().toInstant()));
        }
        here.out().print(details + name + mark + "\n");
    }
}
