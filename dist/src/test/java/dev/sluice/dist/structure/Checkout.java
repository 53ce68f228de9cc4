package dev.sluice.dist.structure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The checkout that this module stands in: what people wrote, and what was compiled of it. */
final class Checkout {
    /** Folders that hold nothing that people wrote. */
    private static final Set<String> MADE = Set.of("target", "node_modules", ".git", ".idea", ".vscode", ".sluice");

    /** What the build makes of the API's document lies among the sources that use it. */
    private static final String TYPES_OF_THE_API = "schema.d.ts";

    private Checkout() {}

    /** The root of the checkout; this module is a folder of it. */
    static Path root() {
        Path root = Path.of("..").toAbsolutePath().normalize();
        if (!Files.exists(root.resolve("sluice")) || !Files.exists(root.resolve("spi/pom.xml"))) {
            throw new IllegalStateException("this is not run in a module of the checkout: " + root);
        }
        return root;
    }

    /** All files that people wrote, relative to the root. */
    static List<Path> files() {
        Path root = root();
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return MADE.contains(String.valueOf(folder.getFileName()))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (!file.endsWith(TYPES_OF_THE_API)) {
                        files.add(root.relativize(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return files.stream().sorted().toList();
    }

    /** All Java sources, relative to the root. */
    static List<Path> javaFiles() {
        return files().stream()
                .filter(file -> file.toString().endsWith(".java"))
                .toList();
    }

    /** The folders with the compiled main classes of all modules. */
    static List<Path> mainClasses() {
        try (Stream<Path> folders = Files.walk(root(), 2)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .map(folder -> folder.resolve("target/classes"))
                    .filter(Files::isDirectory)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What a file says. */
    static String text(Path file) {
        try {
            return Files.readString(root().resolve(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file.toString(), unreadable);
        }
    }

    /** True for code that only tests use. */
    static boolean isTest(Path file) {
        return file.startsWith("testkit") || slashes(file).contains("/src/test/");
    }

    /** The path as it is written on every system. */
    static String slashes(Path file) {
        return file.toString().replace('\\', '/');
    }
}
