using System.Reflection;
using System.Reflection.Emit;

namespace HtmxChat.Tests;

/// <summary>Reads from a built type which other types it uses: bases, attributes, members and the instructions of its methods.</summary>
static class UsedTypes
{
    const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => (int)(ushort)o.Value);

    /// <summary>With the types that the compiler nests in it for closures and asynchronous methods.</summary>
    public static IReadOnlySet<Type> Of(Type type) => WithNested(type).SelectMany(Direct).SelectMany(Parts).ToHashSet();

    static IEnumerable<Type> WithNested(Type type) => type.GetNestedTypes(Everything).SelectMany(WithNested).Prepend(type);

    static IEnumerable<Type?> Direct(Type type)
    {
        var methods = type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything)).ToList();
        return
        [
            type.BaseType,
            .. type.GetInterfaces(),
            .. type.GetCustomAttributesData().Select(a => a.AttributeType),
            .. type.GetFields(Everything).Select(f => f.FieldType),
            .. type.GetProperties(Everything).Select(p => p.PropertyType),
            .. methods.SelectMany(Signature),
            .. methods.SelectMany(m => m.GetCustomAttributesData()).Select(a => a.AttributeType),
            .. methods.SelectMany(Body),
        ];
    }

    static IEnumerable<Type> Signature(MethodBase method) =>
        method.GetParameters().Select(p => p.ParameterType).Concat(method is MethodInfo { ReturnType: var result } ? [result] : []);

    static IEnumerable<Type?> Body(MethodBase method)
    {
        if (method.GetMethodBody() is not { } body) return [];

        var locals = body.LocalVariables.Select(v => v.LocalType);
        var catches = body.ExceptionHandlingClauses.Where(c => c.Flags == ExceptionHandlingClauseOptions.Clause).Select(c => c.CatchType);
        return [.. locals, .. catches, .. Tokens(body.GetILAsByteArray()!).SelectMany(token => Named(method, token))];
    }

    /// <summary>The metadata tokens of the instructions (ECMA-335, partition III).</summary>
    static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? 0xFE00 | code[at + 1] : code[at];
            at += value > 0xFF ? 2 : 1;
            var operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineMethod or OperandType.InlineField or OperandType.InlineType or OperandType.InlineTok) yield return BitConverter.ToInt32(code, at);
            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }

    static IEnumerable<Type?> Named(MethodBase user, int token) =>
        user.Module.ResolveMember(token, user.DeclaringType!.GetGenericArguments(), user.IsGenericMethod ? user.GetGenericArguments() : []) switch
        {
            Type type => [type],
            FieldInfo field => [field.DeclaringType, field.FieldType],
            MethodBase method => [method.DeclaringType, .. Signature(method), .. method.IsGenericMethod ? method.GetGenericArguments() : []],
            _ => [],
        };

    static IEnumerable<Type> Parts(Type? type)
    {
        if (type is null || type.IsGenericParameter) return [];
        if (type.HasElementType) return Parts(type.GetElementType());
        return type.GetGenericArguments().SelectMany(Parts).Append(type);
    }
}
