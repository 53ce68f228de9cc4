package dev.sluice.dist.structure;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What others can name of a module, a line each: public types with what they extend and permit, and their public and protected members. Read from the
 * class files, so that no library has to be there.
 */
final class ApiSurface {
    /** What is public for the host alone. */
    private static final Set<String> INTERNAL = Set.of("dev.sluice.testkit.certify");

    private final SortedSet<String> lines = new TreeSet<>();

    /** Methods that whoever implements an interface has to have. */
    private final SortedSet<String> demands = new TreeSet<>();

    private ApiSurface() {}

    static ApiSurface of(Path classes) throws IOException {
        Map<String, ClassModel> visible = new TreeMap<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".class")).toList()) {
                ClassModel model = ClassFile.of().parse(file);
                if (isVisible(model)) {
                    visible.put(name(model.thisClass().asSymbol()), model);
                }
            }
        }
        ApiSurface surface = new ApiSurface();
        visible.forEach((name, model) -> {
            if (outers(name).allMatch(visible::containsKey)) {
                surface.add(name, model);
            }
        });
        return surface;
    }

    /** The names of the types that one lies in. */
    private static Stream<String> outers(String name) {
        return IntStream.range(0, name.length())
                .filter(i -> name.charAt(i) == '$')
                .mapToObj(i -> name.substring(0, i));
    }

    SortedSet<String> lines() {
        return lines;
    }

    SortedSet<String> demands() {
        return demands;
    }

    private void add(String name, ClassModel model) {
        if (INTERNAL.contains(model.thisClass().asSymbol().packageName())) {
            return;
        }
        boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
        boolean isSealed = model.findAttribute(Attributes.permittedSubclasses()).isPresent();
        lines.add(header(model, name, isInterface));
        for (FieldModel field : model.fields()) {
            if (isOpen(field.flags().flags()) && !field.flags().has(AccessFlag.SYNTHETIC)) {
                lines.add(name + "." + field.fieldName().stringValue() + ": " + shown(field.fieldTypeSymbol())
                        + (field.flags().has(AccessFlag.STATIC) ? " static" : ""));
            }
        }
        for (MethodModel method : model.methods()) {
            boolean hidden =
                    method.flags().has(AccessFlag.SYNTHETIC) || method.flags().has(AccessFlag.BRIDGE);
            if (isOpen(method.flags().flags()) && !hidden) {
                String line = name + "." + signature(method) + (method.flags().has(AccessFlag.STATIC) ? " static" : "");
                lines.add(line);
                boolean mustBeWritten = method.flags().has(AccessFlag.ABSTRACT)
                        && !isSealed
                        && !model.flags().has(AccessFlag.FINAL);
                if (mustBeWritten) {
                    demands.add(line);
                }
            }
        }
    }

    private static String header(ClassModel model, String name, boolean isInterface) {
        List<String> words = new ArrayList<>();
        words.add(isInterface ? "interface" : model.flags().has(AccessFlag.ENUM) ? "enum" : "class");
        words.add(name);
        model.superclass()
                .map(ClassEntry::asSymbol)
                .map(ApiSurface::name)
                .filter(parent -> !parent.equals("java.lang.Object"))
                .ifPresent(parent -> words.add("extends " + parent));
        String parents =
                names(model.interfaces().stream().map(ClassEntry::asSymbol).toList());
        if (!parents.isEmpty()) {
            words.add("implements " + parents);
        }
        model.findAttribute(Attributes.permittedSubclasses())
                .ifPresent(permitted -> words.add("permits "
                        + names(permitted.permittedSubclasses().stream()
                                .map(ClassEntry::asSymbol)
                                .toList())));
        if (model.flags().has(AccessFlag.ABSTRACT) && !isInterface) {
            words.add("abstract");
        }
        if (model.flags().has(AccessFlag.FINAL)) {
            words.add("final");
        }
        return String.join(" ", words);
    }

    private static String signature(MethodModel method) {
        MethodTypeDesc type = method.methodTypeSymbol();
        String name = method.methodName().stringValue().equals("<init>")
                ? "new"
                : method.methodName().stringValue();
        return name + "(" + type.parameterList().stream().map(ApiSurface::shown).collect(Collectors.joining(", "))
                + "): " + shown(type.returnType());
    }

    /** A type that others can name: it and all around it are public or protected. */
    private static boolean isVisible(ClassModel model) {
        Optional<InnerClassInfo> inner = model.findAttribute(Attributes.innerClasses())
                .flatMap(all -> all.classes().stream()
                        .filter(each -> each.innerClass().equals(model.thisClass()))
                        .findFirst());
        if (inner.isEmpty()) {
            return model.flags().has(AccessFlag.PUBLIC);
        }
        // A type inside of one that is not public cannot be named, and its name says where it is.
        return inner.get().outerClass().isPresent() && isOpen(inner.get().flags());
    }

    private static boolean isOpen(Set<AccessFlag> flags) {
        return flags.contains(AccessFlag.PUBLIC) || flags.contains(AccessFlag.PROTECTED);
    }

    private static String names(List<ClassDesc> types) {
        return types.stream().map(ApiSurface::name).sorted().collect(Collectors.joining(", "));
    }

    private static String name(ClassDesc type) {
        String packageName = type.packageName();
        return packageName.isEmpty() ? type.displayName() : packageName + "." + type.displayName();
    }

    /** Types as they are written in code, without the packages that everybody knows. */
    private static String shown(ClassDesc type) {
        if (type.isArray()) {
            return shown(type.componentType()) + "[]";
        }
        return type.isPrimitive() ? type.displayName() : name(type).replaceFirst("^java\\.(lang|util)\\.(?=[A-Z])", "");
    }
}
