package org.vauban.cohort;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.vauban.cohort.compiled.CompiledEvaluator;

/**
 * One instruction of the compiled evaluator, made wrong: the byte code is changed while the classes are loaded a second time, by a loader of
 * their own. What is shipped has no switch for it.
 *
 * @param type the class, without its package
 * @param method the method
 * @param change what is done to an instruction
 * @param nth which of the method's instructions to which that can be done, from 0
 */
record PlantedFault(String type, String method, Change change, int nth) {
    private static final String PACKAGE = "org.vauban.cohort.compiled.";

    private static final Map<Opcode, Opcode> EDGES = both(Map.of(
            Opcode.IF_ICMPLT, Opcode.IF_ICMPLE,
            Opcode.IF_ICMPGT, Opcode.IF_ICMPGE,
            Opcode.IFLT, Opcode.IFLE,
            Opcode.IFGT, Opcode.IFGE));

    private static final Map<Opcode, Opcode> OPPOSITES = both(Map.of(
            Opcode.IF_ICMPLT, Opcode.IF_ICMPGE,
            Opcode.IF_ICMPGT, Opcode.IF_ICMPLE,
            Opcode.IF_ICMPEQ, Opcode.IF_ICMPNE,
            Opcode.IFLT, Opcode.IFGE,
            Opcode.IFGT, Opcode.IFLE,
            Opcode.IFEQ, Opcode.IFNE,
            Opcode.IFNULL, Opcode.IFNONNULL));

    private static final Map<Opcode, Opcode> SIGNS =
            both(Map.of(Opcode.IADD, Opcode.ISUB, Opcode.LADD, Opcode.LSUB, Opcode.IMUL, Opcode.IADD));

    private static final Map<String, String> CALLS = both(Map.of("max", "min"));

    private static final Map<String, String> FIELDS = both(Map.of(
            "starts", "ends",
            "periodStarts", "periodEnds",
            "priorDays", "postDays"));

    /** What can be done to an instruction. */
    enum Change {
        /** A comparison takes in its edge, or leaves it out. */
        EDGE,
        /** A condition is turned around. */
        OPPOSITE,
        /** Plus becomes minus. */
        SIGN,
        /** The larger becomes the smaller. */
        CALL,
        /** A start stands where an end did. */
        FIELD;

        /** The instruction made wrong in this way, if that can be done. */
        private Optional<Planting> of(Instruction instruction) {
            return switch (instruction) {
                case BranchInstruction branch
                when this == EDGE && EDGES.containsKey(branch.opcode()) ->
                    Optional.of(code -> code.branch(to(EDGES, branch.opcode()), branch.target()));
                case BranchInstruction branch
                when this == OPPOSITE && OPPOSITES.containsKey(branch.opcode()) ->
                    Optional.of(code -> code.branch(to(OPPOSITES, branch.opcode()), branch.target()));
                case OperatorInstruction operator
                when this == SIGN && SIGNS.containsKey(operator.opcode()) ->
                    Optional.of(code -> code.with(OperatorInstruction.of(to(SIGNS, operator.opcode()))));
                case InvokeInstruction call
                when this == CALL
                        && call.owner().asInternalName().equals("java/lang/Math")
                        && CALLS.containsKey(call.name().stringValue()) ->
                    Optional.of(code -> code.invokestatic(
                            call.owner().asSymbol(), to(CALLS, call.name().stringValue()), call.typeSymbol()));
                case FieldInstruction field
                when this == FIELD
                        && field.opcode() == Opcode.GETFIELD
                        && field.owner().asInternalName().endsWith("Buffer")
                        && FIELDS.containsKey(field.name().stringValue()) ->
                    Optional.of(code -> code.getfield(
                            field.owner().asSymbol(), to(FIELDS, field.name().stringValue()), field.typeSymbol()));
                default -> Optional.empty();
            };
        }

        private static <T> T to(Map<T, T> changes, T from) {
            return Objects.requireNonNull(changes.get(from));
        }
    }

    private interface Planting {
        void into(CodeBuilder code);
    }

    /** Every fault that can be planted in a class. */
    static List<PlantedFault> allOf(String type) {
        List<PlantedFault> faults = new ArrayList<>();
        for (MethodModel method : model(bytes(PACKAGE + type)).methods()) {
            for (Change change : Change.values()) {
                long places = method.code().stream()
                        .flatMap(code -> code.elementStream())
                        .filter(element -> element instanceof Instruction instruction
                                && change.of(instruction).isPresent())
                        .count();
                for (int nth = 0; nth < places; nth++) {
                    // Methods of one name are told apart by nobody: the first is meant.
                    var fault = new PlantedFault(type, method.methodName().stringValue(), change, nth);
                    if (!faults.contains(fault)) {
                        faults.add(fault);
                    }
                }
            }
        }
        return faults;
    }

    /** An evaluator with this fault and no other. */
    CohortEvaluator evaluator() {
        var loader = new Loader();
        try {
            return (CohortEvaluator) loader.loadClass(CompiledEvaluator.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException unmade) {
            throw new IllegalStateException(unmade);
        }
    }

    private static byte[] bytes(String name) {
        String file = "/" + name.replace('.', '/') + ".class";
        try (InputStream in = Objects.requireNonNull(CompiledEvaluator.class.getResourceAsStream(file), file)) {
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static ClassModel model(byte[] bytes) {
        return ClassFile.of().parse(bytes);
    }

    private byte[] planted() {
        int[] seen = {0};
        boolean[] isPlanted = {false};
        byte[] changed = ClassFile.of()
                .transformClass(
                        model(bytes(PACKAGE + type)),
                        ClassTransform.transformingMethodBodies(
                                each -> each.methodName().equalsString(method), (code, element) -> {
                                    Optional<Planting> planting = planting(element);
                                    if (planting.isPresent() && seen[0]++ == nth) {
                                        planting.get().into(code);
                                        isPlanted[0] = true;
                                    } else {
                                        code.with(element);
                                    }
                                }));
        if (!isPlanted[0]) {
            throw new IllegalStateException(this + " cannot be planted any more: the code has changed");
        }
        return changed;
    }

    private Optional<Planting> planting(CodeElement element) {
        return element instanceof Instruction instruction ? change.of(instruction) : Optional.empty();
    }

    private static <T> Map<T, T> both(Map<T, T> oneWay) {
        var both = new java.util.HashMap<T, T>(oneWay);
        oneWay.forEach((from, to) -> both.putIfAbsent(to, from));
        return Map.copyOf(both);
    }

    /** Loads the compiled evaluator anew; what it is asked with and answers with are the classes that everybody has. */
    private final class Loader extends ClassLoader {
        Loader() {
            super(CompiledEvaluator.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(PACKAGE)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                byte[] bytes = name.equals(PACKAGE + type) ? planted() : bytes(name);
                return defineClass(name, bytes, 0, bytes.length);
            }
        }
    }
}
