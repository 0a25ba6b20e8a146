# Every target is one command of tools/dev.py, which sets up what it needs: python3 (3.11 or newer) and make suffice.
PYTHON ?= python3
export PYTHONUTF8 = 1

.DEFAULT_GOAL := help
.PHONY: help setup run demo test test-long check docs fmt bench fuzz lock clean

help: ## 列出所有目标
setup: ## 准备环境，得到 .venv/bin/gongkai
run: ## 打开平台，带一个虚构的示范县：http://127.0.0.1:8000/，停止用 Ctrl-C
demo: ## 读并核验随附的样例年报
test: ## 跑全部测试（如 make test ARGS="tests/law -k fee"）
test-long: ## 跑很久的测试也跑（GONGKAI_LONG=1）
check: ## 检查代码、类型、分层、文档、译文
docs: ## 重新生成 docs/reference
fmt: ## 整理代码格式
bench: ## 测速，对照下限给出倍数
fuzz: ## 较长时间的乱码测试
lock: ## 更新 requirements 里锁定的版本
clean: ## 清理生成的一切（含 .venv）

help setup run demo test test-long check docs fmt bench fuzz lock clean:
	@$(PYTHON) tools/dev.py $@ $(ARGS)
