package dev.sluice.dist.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Habits that reviews would have to look for otherwise. */
class HabitsTest {
    /** Failures that tell nobody anything. */
    private static final Set<String> BARE = Set.of("RuntimeException", "Exception", "Throwable", "Error");

    /** Put together so that this file does not hold the words itself. */
    private static final Pattern LEFT_OVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    @Test
    void testsDoNotSleep() {
        assertThat(ParsedSources.all().breaches(new NoSleep()))
                .as("wait for what is awaited, as Await does")
                .isEmpty();
    }

    @Test
    void failuresHaveAKind() {
        assertThat(ParsedSources.all().breaches(new NoBareFailures()))
                .as("throw a ProblemException, or what says what is broken")
                .isEmpty();
    }

    @Test
    void aTestIsSwitchedOffOnlyForAReason() {
        assertThat(ParsedSources.all().breaches(new ReasonToDisable())).isEmpty();
    }

    @Test
    void whatOthersUseIsExplained() {
        assertThat(ParsedSources.all().breaches(new JavadocOfPublicTypes())).isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        List<Path> leftOver = Checkout.files().stream()
                .filter(file -> Set.of("java", "xml", "md", "yaml", "sh", "ts", "tsx", "sql")
                        .contains(file.toString().replaceFirst(".*\\.", "")))
                .filter(file -> LEFT_OVER.matcher(Checkout.text(file)).find())
                .toList();

        assertThat(leftOver).isEmpty();
    }

    @Test
    void everyPackageTellsWhatIsNull() {
        Set<String> packages = new TreeSet<>();
        Set<String> marked = new TreeSet<>();
        for (Path file : Checkout.javaFiles()) {
            String[] parts = Checkout.slashes(file).split("/src/(main|test)/java/", 2);
            String place = parts[0] + " " + parts[1].replaceFirst("/[^/]*$", "").replace('/', '.');
            packages.add(place);
            if (file.endsWith("package-info.java") && Checkout.text(file).contains("@NullMarked")) {
                marked.add(place);
            }
        }

        packages.removeAll(marked);
        assertThat(packages)
                .as("packages without a package-info that is @NullMarked")
                .isEmpty();
    }

    @Test
    void testsAreAboutHalfOfTheLines() {
        long tests =
                lines(Checkout.javaFiles().stream().filter(Checkout::isTest).toList());
        long all = lines(Checkout.javaFiles());

        System.out.printf("Java lines: %d, of them tests and testkit: %d (%d %%)%n", all, tests, 100 * tests / all);
        assertThat(tests).isPositive();
    }

    private static long lines(List<Path> files) {
        return files.stream()
                .mapToLong(file -> Checkout.text(file).lines().count())
                .sum();
    }

    private static final class NoSleep extends ParsedSources.Rule {
        @Override
        boolean appliesTo(Path file) {
            return Checkout.isTest(file);
        }

        @Override
        public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void nothing) {
            if (Set.of("Thread.sleep", "TimeUnit.SECONDS.sleep", "TimeUnit.MILLISECONDS.sleep")
                    .contains(select.toString())) {
                report("sleeps");
            }
            return super.visitMemberSelect(select, null);
        }
    }

    private static final class NoBareFailures extends ParsedSources.Rule {
        @Override
        public @Nullable Void visitNewClass(NewClassTree made, @Nullable Void nothing) {
            if (BARE.contains(made.getIdentifier().toString()) && made.getClassBody() == null) {
                report("makes a bare " + made.getIdentifier());
            }
            return super.visitNewClass(made, null);
        }
    }

    private static final class ReasonToDisable extends ParsedSources.Rule {
        @Override
        public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void nothing) {
            String name = annotation.getAnnotationType().toString();
            if ((name.equals("Disabled") || name.equals("Ignore"))
                    && annotation.getArguments().isEmpty()) {
                report("is switched off without a reason");
            }
            return super.visitAnnotation(annotation, null);
        }
    }

    private static final class JavadocOfPublicTypes extends ParsedSources.Rule {
        @Override
        boolean appliesTo(Path file) {
            return Set.of("spi", "cdk", "cdk-duckdb", "testkit")
                            .contains(file.getName(0).toString())
                    && Checkout.slashes(file).contains("/src/main/");
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            if (type.getModifiers().getFlags().contains(Modifier.PUBLIC) && javadoc() == null) {
                report("the public type " + type.getSimpleName() + " is not explained");
            }
            return super.visitClass(type, null);
        }
    }
}
