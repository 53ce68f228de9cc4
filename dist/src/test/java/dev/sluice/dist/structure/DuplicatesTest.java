package dev.sluice.dist.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Hardly anything is said twice. */
class DuplicatesTest {
    /** So many lines in a row that are the same elsewhere are a duplicate. */
    private static final int LINES_IN_A_ROW = 6;

    private static final double MOST_PERCENT = 1.0;

    /** A place where a row of lines begins. */
    private record Place(Code code, int line) {
        @Override
        public String toString() {
            return code.file + ":" + code.numbers.get(line);
        }
    }

    /** The lines of a file that say something, without their indent; imports, comments and bare annotations do not. */
    private static final class Code {
        private final Path file;
        private final List<String> lines = new ArrayList<>();
        private final List<Integer> numbers = new ArrayList<>();
        private final BitSet repeated = new BitSet();

        Code(Path file, String text) {
            this.file = file;
            int number = 0;
            for (String line : text.split("\n", -1)) {
                number++;
                String said = line.strip();
                if (saysSomething(said)) {
                    lines.add(said);
                    numbers.add(number);
                }
            }
        }

        private static boolean saysSomething(String line) {
            return line.chars().anyMatch(Character::isLetterOrDigit)
                    && !line.startsWith("import ")
                    && !line.startsWith("package ")
                    && !line.startsWith("//")
                    && !line.startsWith("/*")
                    && !line.startsWith("*")
                    && !line.matches("@\\w+");
        }

        String row(int begin) {
            return String.join("\n", lines.subList(begin, begin + LINES_IN_A_ROW));
        }
    }

    @Test
    void hardlyAnythingIsSaidTwice() {
        List<Code> all = Checkout.javaFiles().stream()
                .map(file -> new Code(file, Checkout.text(file)))
                .toList();
        List<String> pairs = markRepeated(all);
        long lines = all.stream().mapToLong(code -> code.lines.size()).sum();
        long repeated =
                all.stream().mapToLong(code -> code.repeated.cardinality()).sum();
        double percent = 100.0 * repeated / lines;

        System.out.printf("Lines of code: %d, of them said twice: %d (%.2f %%)%n", lines, repeated, percent);
        assertThat(percent)
                .as("percent of the lines that are said twice:\n" + String.join("\n", pairs))
                .isLessThanOrEqualTo(MOST_PERCENT);
    }

    @Test
    void findsWhatIsSaidTwice() {
        String said = "a1\nb2\nc3\n\nd4\ne5\n  f6\n";
        Code one = new Code(Path.of("One.java"), "import x;\n" + said + "only here\n");
        Code other = new Code(Path.of("Other.java"), "first\n// a comment\n" + said.replace("  f6", "\tf6"));
        Code shorter = new Code(Path.of("Shorter.java"), "a1\nb2\nc3\nd4\ne5\nnot f6\n");

        assertThat(markRepeated(List.of(one, other, shorter))).containsExactly("One.java:2 = Other.java:3");
        assertThat(one.repeated.cardinality()).isEqualTo(6);
        assertThat(other.repeated.cardinality()).isEqualTo(6);
        assertThat(shorter.repeated.cardinality()).isZero();
    }

    /** Marks all lines that are part of a row which is there twice, and tells where rows begin to be alike. */
    private static List<String> markRepeated(List<Code> all) {
        Map<String, Place> firsts = new HashMap<>();
        TreeSet<String> pairs = new TreeSet<>();
        for (Code code : all) {
            for (int begin = 0; begin + LINES_IN_A_ROW <= code.lines.size(); begin++) {
                Place here = new Place(code, begin);
                Place first = firsts.putIfAbsent(code.row(begin), here);
                if (first != null && !(first.code == code && begin - first.line < LINES_IN_A_ROW)) {
                    if (!code.repeated.get(begin)) {
                        pairs.add(first + " = " + here);
                    }
                    mark(first);
                    mark(here);
                }
            }
        }
        return List.copyOf(pairs);
    }

    private static void mark(Place place) {
        place.code.repeated.set(place.line, place.line + LINES_IN_A_ROW);
    }
}
