package dev.sluice.dist.structure;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** All Java sources as the compiler's own parser sees them; parsed, not compiled, so it takes seconds. */
final class ParsedSources {
    private static @Nullable ParsedSources all;

    private final List<CompilationUnitTree> units;
    private final DocTrees trees;

    private ParsedSources(List<CompilationUnitTree> units, DocTrees trees) {
        this.units = units;
        this.trees = trees;
    }

    /** Looks at one source; what it finds wrong it {@linkplain #report reports}. */
    abstract static class Rule extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final List<String> breaches = new ArrayList<>();
        private @Nullable ParsedSources sources;

        /** Whether it is about this file. */
        boolean appliesTo(Path file) {
            return true;
        }

        /** Remembers that something is wrong at the tree that is being looked at. */
        final void report(String what) {
            CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
            breaches.add(file(unit) + ":" + firstLine(getCurrentPath().getLeaf()) + " " + what);
        }

        /** The number of lines from the first to the last of a tree. */
        final long lines(Tree tree) {
            CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
            LineMap map = unit.getLineMap();
            return map.getLineNumber(positions().getEndPosition(unit, tree) - 1) - firstLine(tree) + 1;
        }

        /** The Javadoc of the tree that is being looked at. */
        final @Nullable String javadoc() {
            TreePath path = Objects.requireNonNull(getCurrentPath());
            return trees().getDocComment(path);
        }

        private long firstLine(Tree tree) {
            CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
            return unit.getLineMap().getLineNumber(positions().getStartPosition(unit, tree));
        }

        private SourcePositions positions() {
            return trees().getSourcePositions();
        }

        private DocTrees trees() {
            return Objects.requireNonNull(sources).trees;
        }
    }

    /** The sources of the checkout; read once. */
    static synchronized ParsedSources all() {
        ParsedSources known = all;
        if (known == null) {
            known = parse(Checkout.javaFiles());
            all = known;
        }
        return known;
    }

    /** Parses sources of the checkout. */
    static ParsedSources parse(List<Path> files) {
        JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "this needs a whole JDK");
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<Path> absolute =
                    files.stream().map(file -> Checkout.root().resolve(file)).toList();
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(absolute));
            List<CompilationUnitTree> units = new ArrayList<>();
            task.parse().forEach(units::add);
            return new ParsedSources(units, DocTrees.instance(task));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Where the sources break a rule, as {@code file:line what}. */
    List<String> breaches(Rule rule) {
        rule.sources = this;
        for (CompilationUnitTree unit : units) {
            if (rule.appliesTo(file(unit))) {
                rule.scan(unit, null);
            }
        }
        return List.copyOf(rule.breaches);
    }

    int size() {
        return units.size();
    }

    private static Path file(CompilationUnitTree unit) {
        return Checkout.root().relativize(Path.of(unit.getSourceFile().toUri()));
    }
}
