package io.perpetua.bootstrap.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A block of code in the documentation.
 *
 * @param file where it stands, from the project's folder
 * @param line its first line in the file, from 1
 * @param language as it is tagged; {@code sh} for a block that is indented, empty for a fenced one without a tag
 */
record Snippet(Path file, int line, String language, String text) {

    /** The project's folder. */
    static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

    /** The documentation. */
    static List<Path> pages() throws IOException {
        var pages = new ArrayList<>(List.of(PROJECT.resolve("README.md"), PROJECT.resolve("CONTRIBUTING.md")));
        try (var files = Files.walk(PROJECT.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages;
    }

    /** The blocks of every page, those of a page in their order. */
    static List<Snippet> all() throws IOException {
        var all = new ArrayList<Snippet>();
        for (Path page : pages()) {
            all.addAll(of(PROJECT.relativize(page), Files.readString(page)));
        }
        return all;
    }

    static List<Snippet> of(Path file, String page) {
        var found = new ArrayList<Snippet>();
        Parser.builder()
                .includeSourceSpans(IncludeSourceSpans.BLOCKS)
                .build()
                .parse(page)
                .accept(new AbstractVisitor() {
                    @Override
                    public void visit(FencedCodeBlock block) {
                        found.add(new Snippet(file, line(block), block.getInfo().strip(), block.getLiteral()));
                    }

                    @Override
                    public void visit(IndentedCodeBlock block) {
                        found.add(new Snippet(file, line(block), "sh", block.getLiteral()));
                    }
                });
        return found;
    }

    private static int line(Node block) {
        return block.getSourceSpans().getFirst().getLineIndex() + 1;
    }

    /** Where it is, for people. */
    String place() {
        return file + ":" + line;
    }
}
