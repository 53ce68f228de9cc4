package dev.sluice.dist.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Nothing grows beyond what one can take in at once. */
class SizeTest {
    private static final int MOST_LINES_OF_A_FILE = 600;
    private static final int MOST_LINES_OF_A_METHOD = 60;
    private static final int MOST_PARAMETERS_OF_A_CONSTRUCTOR = 7;
    private static final Set<String> WRITTEN_BY_HAND = Set.of("java", "sh", "ts", "tsx", "py", "sql", "css");

    @Test
    void filesAreShort() {
        List<String> tooLong = Checkout.files().stream()
                .filter(file -> WRITTEN_BY_HAND.contains(extension(file.toString())))
                .filter(file -> Checkout.text(file).lines().count() > MOST_LINES_OF_A_FILE)
                .map(file -> file + " has more than " + MOST_LINES_OF_A_FILE + " lines")
                .toList();

        assertThat(tooLong).isEmpty();
    }

    @Test
    void methodsAreShort() {
        assertThat(ParsedSources.all().breaches(new ShortMethods())).isEmpty();
    }

    @Test
    void constructorsTakeFewThings() {
        assertThat(ParsedSources.all().breaches(new SmallConstructors())).isEmpty();
    }

    @Test
    void theSourcesWereSeen() {
        assertThat(ParsedSources.all().size()).isGreaterThan(500);
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static final class ShortMethods extends ParsedSources.Rule {
        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            long lines = lines(method);
            if (lines > MOST_LINES_OF_A_METHOD) {
                report("the method " + method.getName() + " has " + lines + " lines");
            }
            return super.visitMethod(method, null);
        }
    }

    /** Also of records, whose components are the parameters. */
    private static final class SmallConstructors extends ParsedSources.Rule {
        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            check(
                    method.getName().contentEquals("<init>")
                            ? method.getParameters().size()
                            : 0);
            return super.visitMethod(method, null);
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            if (type.getKind() == Tree.Kind.RECORD) {
                check(type.getMembers().stream()
                        .filter(member -> member instanceof VariableTree field
                                && !field.getModifiers().getFlags().contains(Modifier.STATIC))
                        .count());
            }
            return super.visitClass(type, null);
        }

        private void check(long parameters) {
            if (parameters > MOST_PARAMETERS_OF_A_CONSTRUCTOR) {
                report("a constructor takes " + parameters + " things");
            }
        }
    }
}
