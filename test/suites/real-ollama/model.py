"""Writes a model that answers by script: FOLDER/model.gguf with constructed weights, and FOLDER/Modelfile.

    python model.py FOLDER TEXT...

A model server loads it, tokenizes the whole conversation, evaluates it and samples from it as with any model, yet every answer
is known in advance: the next token depends on the last one alone. The last word of the user's message picks the script, such
as <|read|>. The vocabulary is learned from the TEXT files, which should look like what an agent is asked.
"""
import json
import sys
from pathlib import Path

import numpy
from gguf import GGUFWriter, TokenType
from tokenizers import Tokenizer, pre_tokenizers
from tokenizers.models import BPE
from tokenizers.trainers import BpeTrainer

LIST = '<tool_call>\n{"name": "gateway__fs_list", "arguments": {"path": "."}}\n</tool_call>'
READ = '<tool_call>\n{"name": "gateway__fs_read", "arguments": {"path": "hello.txt"}}\n</tool_call>'

# What follows each of these words, one token after the other.
SCRIPTS = {
    '<|hello|>': ['Hello from', ' the constructed', ' weights.'],
    '<|read|>': [READ],
    '<|two|>': [LIST, '\n' + READ],
    # the template puts this behind the result of a tool
    '<|result|>': ['The tool', ' has answered.'],
}
# An answer without an end: after its first line, two tokens in turn, because Ollama stops a model that repeats one.
ENDLESS = ['<|endless|>', 'Counting:\n', ' tick', ' tock']
STOP = '<|stop|>'

# Ollama finds tool calls in an answer by the text that stands before the first brace of a tool call here.
TEMPLATE = '''{{ range .Tools }}{{ . }}
{{ end }}{{ range .Messages }}{{ .Role }}: {{ .Content }}{{ if .ToolCalls }}{{ range .ToolCalls }}<tool_call>
{"name": "{{ .Function.Name }}", "arguments": {{ .Function.Arguments }}}
</tool_call>{{ end }}{{ end }}{{ if eq .Role "tool" }}<|result|>{{ end }}{{ end }}'''

WIDTH = 32
CONTEXT = 131072


def learn(texts):
    """Returns the tokens and merges of a byte-level vocabulary."""
    tokenizer = Tokenizer(BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = BpeTrainer(vocab_size=8192, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False)
    tokenizer.train_from_iterator(texts, trainer)
    vocabulary = tokenizer.get_vocab()
    merges = json.loads(tokenizer.to_str())['model']['merges']
    return sorted(vocabulary, key=vocabulary.get), [' '.join(pair) for pair in merges]


def script():
    """Returns the scripted tokens, and the token that follows each."""
    following = {}
    for word, answer in SCRIPTS.items():
        following.update(zip([word, *answer], [*answer, STOP]))
    following.update(zip(ENDLESS, [*ENDLESS[1:], ENDLESS[2]]))
    return following


def write(path, texts):
    tokens, merges = learn(texts)
    following = script()
    tokens += [STOP, *following]
    number = {token: at for at, token in enumerate(tokens)}
    scripted = set(following)
    types = [TokenType.CONTROL if token.startswith('<|') else TokenType.USER_DEFINED if token in scripted else TokenType.NORMAL
             for token in tokens]

    # every scripted token has a direction of its own, which its successor alone is looking for
    embedding = numpy.zeros((len(tokens), WIDTH), numpy.float32)
    output = numpy.zeros((len(tokens), WIDTH), numpy.float32)
    embedding[:, 0] = 1
    output[number[STOP], 0] = 20
    for direction, (token, successor) in enumerate(following.items(), 1):
        embedding[number[token]] = 0
        embedding[number[token], direction] = 1
        output[number[successor], direction] = 20

    file = GGUFWriter(path, 'llama')
    file.add_context_length(CONTEXT)
    file.add_embedding_length(WIDTH)
    file.add_block_count(1)
    file.add_feed_forward_length(WIDTH)
    file.add_head_count(1)
    file.add_head_count_kv(1)
    file.add_layer_norm_rms_eps(1e-5)
    file.add_rope_dimension_count(WIDTH)
    file.add_vocab_size(len(tokens))
    file.add_file_type(0)
    file.add_tokenizer_model('gpt2')
    file.add_tokenizer_pre('gpt-2')
    file.add_token_list(tokens)
    file.add_token_types(types)
    file.add_token_merges(merges)
    file.add_bos_token_id(number[STOP])
    file.add_eos_token_id(number[STOP])
    file.add_add_bos_token(False)
    ones, zeros = numpy.ones(WIDTH, numpy.float32), numpy.zeros((WIDTH, WIDTH), numpy.float32)
    file.add_tensor('token_embd.weight', embedding)
    file.add_tensor('output_norm.weight', ones)
    file.add_tensor('output.weight', output)
    # the block in between adds nothing
    for name in 'attn_norm', 'ffn_norm':
        file.add_tensor(f'blk.0.{name}.weight', ones)
    for name in 'attn_q', 'attn_k', 'attn_v', 'attn_output', 'ffn_gate', 'ffn_up', 'ffn_down':
        file.add_tensor(f'blk.0.{name}.weight', zeros)
    file.write_header_to_file()
    file.write_kv_data_to_file()
    file.write_tensors_to_file()
    file.close()


if __name__ == '__main__':
    folder = Path(sys.argv[1])
    write(folder / 'model.gguf', [Path(name).read_text(encoding='utf-8') for name in sys.argv[2:]])
    (folder / 'Modelfile').write_text(f'FROM ./model.gguf\nTEMPLATE """{TEMPLATE}"""\nPARAMETER temperature 0\nPARAMETER num_thread 1\n', encoding='utf-8')
