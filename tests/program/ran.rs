//! What a run of the program came to.

use std::process::Output;

pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    /// Its exit code is -1 where a signal ended it.
    pub fn of(output: Output) -> Self {
        let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        Run { code: output.status.code().unwrap_or(-1), out, err }
    }
}
