package io.perpetua.adapters.commands;

import io.perpetua.domain.conversation.ConversationKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where the account of commands is kept.
 *
 * @param folder the folder {@code audit} of the data directory
 */
record AuditFiles(Path folder) {

    private static final int NAME_DIGITS = 40;
    private static final String MARK = ".erased";

    static AuditFiles in(Path data) {
        return new AuditFiles(data.resolve("audit"));
    }

    /** The file that is added to. */
    Path log() {
        return folder.resolve("commands.log");
    }

    Path head() {
        return folder.resolve("commands.head");
    }

    Path lock() {
        return folder.resolve("commands.lock");
    }

    /** A file that is full, by the number of its last record. */
    Path full(long last) {
        return folder.resolve(String.format(Locale.ROOT, "commands-%012d.log", last));
    }

    /** An account that was put aside, by the name of its folder. */
    AuditFiles closed(String name) {
        return new AuditFiles(folder.resolve(name));
    }

    /** The digest of every file of the chain, and of the head, with their names. */
    String digest() throws IOException {
        var all = chain();
        if (Files.exists(head())) {
            all.add(head());
        }
        var names = new StringBuilder();
        for (Path file : all) {
            names.append(file.getFileName())
                    .append(' ')
                    .append(AuditChain.sha256(file))
                    .append('\n');
        }
        return AuditChain.sha256(names.toString());
    }

    /** Every file of the chain that is there, in order. */
    List<Path> chain() throws IOException {
        var chain = fullOnes();
        if (Files.exists(log())) {
            chain.add(log());
        }
        return chain;
    }

    /** Every file of the chain that is full, in order. */
    List<Path> fullOnes() throws IOException {
        var chain = new ArrayList<Path>();
        if (Files.isDirectory(folder)) {
            try (var files = Files.newDirectoryStream(folder, "commands-*.log")) {
                files.forEach(chain::add);
            }
        }
        chain.sort(null);
        return chain;
    }

    Path saidFolder() {
        return folder.resolve("said");
    }

    /** Where what was said in a conversation is kept, so that it can be erased with it. */
    Path said(ConversationKey conversation) {
        String name = AuditChain.sha256(
                conversation.scope().tenant() + "\0" + conversation.scope().namespace() + "\0" + conversation.id());
        return saidFolder().resolve(name.substring(0, NAME_DIGITS) + ".jsonl");
    }

    /** What stands beside words that are erased, until the chain tells of it. */
    static Path mark(Path said) {
        return said.resolveSibling(said.getFileName() + MARK);
    }

    /** Names of words that were erased without the chain's telling so yet. */
    List<String> marked() throws IOException {
        var marked = new ArrayList<String>();
        if (Files.isDirectory(saidFolder())) {
            try (var files = Files.newDirectoryStream(saidFolder(), "*" + MARK)) {
                for (Path file : files) {
                    String name = String.valueOf(file.getFileName());
                    marked.add(name.substring(0, name.length() - MARK.length()));
                }
            }
        }
        return marked;
    }
}
