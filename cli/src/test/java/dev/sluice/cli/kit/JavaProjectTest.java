package dev.sluice.cli.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Projects have all their files, with no placeholder left, and never write over something. */
class JavaProjectTest {
    private static final Map<String, String> VERSIONS = Map.of(
            "sluice", "9.9",
            "jspecify", "1",
            "resources-plugin", "1",
            "toolchains-plugin", "1",
            "compiler-plugin", "1",
            "surefire-plugin", "1",
            "jar-plugin", "1",
            "dependency-plugin", "1");

    @TempDir
    Path folder;

    private JavaProject project(String name) {
        return new JavaProject(
                new Kit(folder.resolve("my product"), folder.resolve("my product/lib/kit"), VERSIONS),
                new JavaProject.Names(name, "org.acme_labs.shops"));
    }

    @Test
    void nothingOfTheTemplatesIsLeft() throws IOException {
        for (JavaProject.Kind kind : JavaProject.Kind.values()) {
            Path place = folder.resolve(kind.name());
            List<String> files = project("my-big-shop2").write(kind, place);
            assertThat(files).hasSizeGreaterThan(12).contains("pom.xml", "README.md", "build", "try", "install");
            for (String file : files) {
                String text = Files.readString(place.resolve(file));
                assertThat(text).as(file).isNotBlank().doesNotContain("Acme", "com.example.acme", "acme-shop");
                assertThat(text.replaceAll("@[A-Z]\\w+", "")).as(file).doesNotContainPattern("@[\\w-]+@");
            }
            assertThat(place.resolve("try")).isExecutable();
            assertThat(Files.readString(place.resolve("pom.xml")))
                    .contains("<sluice.version>9.9<", "/my%20product/lib/kit<", "sluice-connector-my-big-shop2");
            assertThat(place.resolve("src/main/java/org/acme_labs/shops/MyBigShop2Connector.java"))
                    .content()
                    .contains("package org.acme_labs.shops;", "return \"my-big-shop2\";", "return \"My Big Shop2\";");
        }
    }

    @Test
    void whatIsThereIsNotWrittenOver() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("there")).resolve("pom.xml"), "mine");
        assertThatThrownBy(() -> project("shop").write(JavaProject.Kind.SOURCE, folder.resolve("there")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("not empty");
        assertThat(folder.resolve("there/pom.xml")).hasContent("mine");
    }

    @Test
    void namesThatCannotBeUsedAreRefused() {
        for (String name : List.of("", "Shop", "1shop", "my_shop", "my--shop", "shop-", "../shop", "x".repeat(41))) {
            assertThatThrownBy(() -> JavaProject.Names.of(name)).as(name).isInstanceOf(ProblemException.class);
        }
        for (String packageName : List.of("shop", "com.Example", "com.example.", "com.2shops")) {
            assertThatThrownBy(() -> new JavaProject.Names("shop", packageName))
                    .as(packageName)
                    .isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void aProductWithoutTheKitSaysSo() {
        assertThatThrownBy(() -> Kit.of(folder))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        failure -> assertThat(failure.problem().code()).isEqualTo("E_KIT"));
    }
}
